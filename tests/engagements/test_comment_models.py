"""Finding comments by their words: the same on every database, whatever their case."""

import importlib
import unicodedata

import pytest
from django.apps import apps

from coproduction.languages.searching import find_words
from engagements.models import Comment


@pytest.mark.parametrize(
    "typed", ["ŵyn", "Ŵyn", "ŴYN", "wyn", "ARC ŵyn", unicodedata.normalize("NFD", "ŵyn")]
)
def test_welsh_letters_are_found_whatever_their_case(say, typed) -> None:
    say("Ŵyn yn y parc")
    say(unicodedata.normalize("NFD", "ŵyn ym Mharc y dref"))
    say("Dim byd")
    assert find_words(Comment.objects.all(), typed).count() == 2


def test_signs_of_the_database_are_only_signs(say) -> None:
    say("100% yes")
    say("a_b")
    assert find_words(Comment.objects.all(), "0% y").count() == 1
    assert find_words(Comment.objects.all(), "%").count() == 1
    assert find_words(Comment.objects.all(), "a_b").count() == 1
    assert not find_words(Comment.objects.all(), "axb").exists()


def test_comments_from_before_are_folded(say) -> None:
    say("Ŵyn yn y parc")
    Comment.objects.update(folded="")
    assert not find_words(Comment.objects.all(), "ŵyn").exists()
    migration = importlib.import_module("engagements.migrations.0010_comments_are_folded_anew")
    migration.fold_comments(apps, None)
    assert find_words(Comment.objects.all(), "ŵyn").count() == 1


def test_what_may_be_published_is_known_from_the_comments_alone(project) -> None:
    asked = str(Comment.objects.of(project).publishable().query)
    assert "JOIN" not in asked
    assert "engagements_submission" not in asked


def test_words_saved_are_words_found(say) -> None:
    comment = say("Ŵyn")
    comment.text = "Ŷd"
    comment.save(update_fields=Comment.WORDS)
    assert find_words(Comment.objects.all(), "ŷd").exists()
    assert not find_words(Comment.objects.all(), "ŵyn").exists()
