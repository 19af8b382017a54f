"""Every page is drawn in a frame with room for those above it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from coproduction.stack import with_room

WORD, PIECE = 8, 16 * 1024


def test_it_gives_the_answer_it_was_given() -> None:
    answer = HttpResponse("Yes")
    assert with_room(lambda _request: answer)(HttpRequest()) is answer


def test_its_frame_takes_a_piece_of_memory_with_room_for_hundreds_of_others() -> None:
    needed = with_room(lambda _request: HttpResponse()).__code__.co_stacksize * WORD
    taken = PIECE
    while taken < needed:
        taken *= 2
    assert taken - needed > 6 * PIECE


def test_it_stands_last_so_that_the_room_is_the_pages() -> None:
    assert settings.MIDDLEWARE[-1] == "coproduction.stack.with_room"
