"""Finding comments by their words: the same on every database, whatever their case."""

import importlib
import unicodedata

import pytest
from django.apps import apps

from engagements.models import Comment
from engagements.queries.search import search_comments


@pytest.mark.parametrize(
    "typed", ["ŵyn", "Ŵyn", "ŴYN", "ARC ŵyn", unicodedata.normalize("NFD", "ŵyn")]
)
def test_welsh_letters_are_found_whatever_their_case(say, typed) -> None:
    say("Ŵyn yn y parc")
    say(unicodedata.normalize("NFD", "ŵyn ym Mharc y dref"))
    say("Dim byd")
    assert search_comments(Comment.objects.all(), typed).count() == 2


def test_signs_of_the_database_are_only_signs(say) -> None:
    say("100% yes")
    say("a_b")
    assert search_comments(Comment.objects.all(), "0% y").count() == 1
    assert search_comments(Comment.objects.all(), "%").count() == 1
    assert search_comments(Comment.objects.all(), "a_b").count() == 1
    assert not search_comments(Comment.objects.all(), "axb").exists()


def test_comments_from_before_are_folded(say) -> None:
    say("Ŵyn yn y parc")
    Comment.objects.update(folded="")
    assert not search_comments(Comment.objects.all(), "ŵyn").exists()
    importlib.import_module("engagements.migrations.0004_comments_are_folded").fold(apps, None)
    assert search_comments(Comment.objects.all(), "ŵyn").count() == 1


def test_words_saved_are_words_found(say) -> None:
    comment = say("Ŵyn")
    comment.text = "Ŷd"
    comment.save(update_fields=Comment.WORDS)
    assert search_comments(Comment.objects.all(), "ŷd").exists()
    assert not search_comments(Comment.objects.all(), "ŵyn").exists()
