"""Room on Python's stack for drawing a page, whatever depth it happens to be drawn at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

# In words of 8 bytes. Python takes memory for frames in pieces of 16 kB; a frame that needs more
# gets a piece twice as large as the power of two below it: 256 kB here, half of it left for others.
_ROOM = 16 * 1024 + 64


def with_room(get_response: Answer) -> Answer:
    """Answer from a frame with room for some 700 others above it.

    Python gives a piece of memory back to the system as soon as its first frame ends, and asks for
    it again with the next call. Where a page's templates call just across the edge of a piece, that
    happens thousands of times: the plan's page took 40 or 66 ms, by how many functions stood below.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    answered.__code__ = answered.__code__.replace(co_stacksize=_ROOM)
    return answered
