"""What every answer carries: powers not asked for, what may be kept, what is compressed."""

import gzip
from io import BytesIO

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import Client, RequestFactory

from coproduction.answers import compressed, holds_no_secret, no_body_for_head

WORDS = "The road into town is too narrow. " * 40


def answered(response: HttpResponseBase, **headers: str) -> HttpResponseBase:
    """Return an answer as a browser that can unpack gets it."""
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip, br"} | headers)
    return compressed(lambda _request: response)(request)


def page(kind: str = "text/html; charset=utf-8", **headers: str) -> HttpResponse:
    """Return a page."""
    return HttpResponse(WORDS, content_type=kind, headers=headers)


@pytest.mark.parametrize(
    "kind", ["text/html; charset=utf-8", "text/csv", "application/json", "image/svg+xml"]
)
def test_what_is_the_same_for_everybody_is_compressed(kind: str) -> None:
    answer = answered(page(kind, ETag='"a"'))
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert answer["ETag"] == 'W/"a"'
    assert isinstance(answer, HttpResponse)
    assert len(answer.content) < len(WORDS) / 2
    assert gzip.decompress(answer.content).decode() == WORDS


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "deflate, gzip; q=0.0", ""])
def test_who_can_not_unpack_gets_it_as_it_is(accepted: str) -> None:
    answer = answered(page(), **{"Accept-Encoding": accepted})
    assert not answer.has_header("Content-Encoding")
    assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Vary": "Cookie"},
        {"Vary": "Accept-Language, cookie"},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "max-age=0, private"},
        {"Set-Cookie": "messages=a"},
    ],
    ids=["by cookie", "by two", "kept by nobody", "one person's", "sets one"],
)
def test_nothing_that_may_hold_a_secret_is_compressed(headers: dict[str, str]) -> None:
    response = page(**{key: value for key, value in headers.items() if key != "Set-Cookie"})
    if "Set-Cookie" in headers:
        response.set_cookie("messages", "a")
    assert not answered(response).has_header("Content-Encoding")


def test_a_page_for_few_that_holds_no_secret_is_compressed_and_kept_by_nobody() -> None:
    answer = answered(holds_no_secret(page(**{"Cache-Control": "no-store", "Vary": "Cookie"})))
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Cache-Control"] == "no-store"


def test_what_is_compressed_already_is_left_as_it_is() -> None:
    packed = page(**{"Content-Encoding": "gzip"})
    assert answered(packed).content == packed.content == WORDS.encode()


def test_files_and_pictures_are_left_as_they_are() -> None:
    assert not answered(page("application/pdf")).has_header("Content-Encoding")
    assert not answered(page("image/png")).has_header("Content-Encoding")
    file = FileResponse([b"%PDF-"] * 99, content_type="application/pdf")
    assert not answered(file).has_header("Content-Encoding")


@pytest.mark.django_db
def test_a_form_with_a_token_is_never_compressed(client: Client) -> None:
    answer = client.get("/accounts/login/", headers={"Accept-Encoding": "gzip"})
    assert "csrfmiddlewaretoken" in answer.content.decode()
    assert not answer.has_header("Content-Encoding")
    front = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert "csrfmiddlewaretoken" not in gzip.decompress(front.content).decode()


def test_a_token_that_was_only_asked_for_is_enough() -> None:
    """By the middleware of tokens itself, whatever the page makes of it."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request) + WORDS)

    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    assert not compressed(CsrfViewMiddleware(view))(request).has_header("Content-Encoding")


@pytest.mark.django_db
def test_every_page_says_that_it_asks_for_no_power(client: Client) -> None:
    for address in ("/", "/accounts/login/", "/no-such-place/"):
        told = client.get(address)["Permissions-Policy"].split(", ")
        assert {"camera=()", "geolocation=()", "microphone=()"} <= set(told), address
        assert len(told) > 10


@pytest.mark.django_db
def test_who_is_known_meets_nothing_that_is_kept(client: Client, coordinator) -> None:
    assert "Cache-Control" not in client.get("/no-such-place/").headers
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/accounts/me/", "/projects/?all", "/projects/begin/", "/bryn/team/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/healthz", "/accounts/login/", "/nobody/plan/"])
def test_no_address_answers_a_trace(client: Client, path: str) -> None:
    assert client.generic("TRACE", path).status_code == 405


def test_whoever_asks_for_the_head_gets_its_length_and_no_body() -> None:
    for method, length in (("GET", len(WORDS)), ("HEAD", 0)):
        request = RequestFactory().generic(method, "/")
        answer = no_body_for_head(lambda _request: page())(request)
        assert isinstance(answer, HttpResponse)
        assert len(answer.content) == length
    assert answer["Content-Length"] == str(len(WORDS))
    file = FileResponse(BytesIO(WORDS.encode()), filename="words.txt")
    answer = no_body_for_head(lambda _request: file)(RequestFactory().head("/"))
    assert answer["Content-Length"] == str(len(WORDS))
    assert file.file_to_stream is None
    assert b"".join(file.streaming_content) == b""
