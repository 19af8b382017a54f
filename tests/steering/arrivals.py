"""Counting requests that have reached the app, while something holds up what they ask for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

reached: list[str] = []


def counting(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., object]:
    """Stand behind the middleware that notes when a request reached us, and count it."""

    def counted(request: HttpRequest) -> HttpResponseBase:
        reached.append(request.path)
        return get_response(request)

    return counted
