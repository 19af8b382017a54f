"""A worry about a comment asks about what says the same, and hides it along."""

from collections.abc import Callable

import pytest
from django.test import Client

from coproduction.projects.models import Letter, Project, User
from engagements.models import Comment, Concern, Withheld
from engagements.services.withholding import raise_concern, raise_concern_with_twins
from tests.engagements.comments import comment_url
from tests.themes.comments import make_comments

pytestmark = pytest.mark.django_db
WORDS = "He locks the door at night"


@pytest.fixture
def three(project: Project) -> list[Comment]:
    """Three comments, of which the first two say the same, each typed in its own way."""
    return make_comments(project, WORDS, "he locks  the door at NIGHT", f"{WORDS}, they say")


def hidden() -> int:
    """Count the comments that a worry hides."""
    return Comment.objects.filter(withheld=Withheld.CONCERN).count()


def test_whoever_is_worried_sees_what_says_the_same_and_hides_both(
    three: list[Comment], analyst: User, client_of: Callable[..., Client]
) -> None:
    anwen = client_of(analyst)
    address = comment_url("concern_raise", three[0])
    page = anwen.get(address).content.decode()
    assert "1 other comment says the same" in page
    assert "at NIGHT" in page
    assert "they say" not in page
    anwen.post(address, {"twins": "1"})
    assert hidden() == 2
    assert not Comment.objects.get(pk=three[2].pk).withheld


def test_without_the_tick_only_the_one_is_hidden_and_the_other_can_be_later(
    three: list[Comment], coordinator: User, client_of: Callable[..., Client]
) -> None:
    carys = client_of(coordinator)
    carys.post(comment_url("concern_raise", three[0]))
    assert hidden() == 1
    address = comment_url("concern_twins", three[0])
    assert address in carys.get("/bryn/engagements/concerns/").content.decode()
    assert "at NIGHT" in carys.get(address).content.decode()
    page = carys.post(address, follow=True).content.decode()
    assert "1 more comment is hidden." in page
    assert hidden() == 2
    assert "Nobody else said the same" in carys.get(address).content.decode()


def test_the_lead_is_told_once_of_all_that_say_the_same(
    project: Project, three: list[Comment], coordinator: User
) -> None:
    Project.objects.filter(pk=project.pk).update(safeguarding_lead="lead@bryn.example")
    comment = Comment.objects.select_related("project").get(pk=three[0].pk)
    raise_concern(comment=comment, by=coordinator)
    assert raise_concern_with_twins(comment=comment, by=coordinator) == 1
    assert Letter.objects.filter(kind="concern").count() == 1
    assert len(set(Concern.objects.values_list("letter", flat=True))) == 1
    # Once more finds none left.
    assert raise_concern_with_twins(comment=comment, by=coordinator) == 0


@pytest.mark.parametrize("words", ["He hits me –please help", '"Stop" -"now" he said', "- a - b"])
def test_dashes_and_quote_marks_of_somebodys_words_hide_no_twin(
    project: Project, analyst: User, words: str
) -> None:
    first, _second = make_comments(project, words, words)
    raise_concern(comment=first, by=analyst)
    raise_concern_with_twins(comment=first, by=analyst)
    assert hidden() == 2
