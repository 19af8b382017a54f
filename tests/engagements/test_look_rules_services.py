"""Words that may mean that somebody is at risk: given, a project's own; and who is told of them."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.mail import EmailMessage

from coproduction.projects.models import AuditEntry, Letter, Project, User
from engagements.models import Comment, Hint, Look, LookRules, Survey
from engagements.services.look import AT_ONCE, look_at_waiting
from engagements.services.look_rules import change_look_rules
from engagements.services.survey import answer_survey, open_survey
from engagements.services.typo import put_typo_right
from tests.themes.comments import make_comments, make_engagement

pytestmark = pytest.mark.django_db
WORDS = "I am frightened, my uncle hits me"


@pytest.fixture
def survey(project: Project, coordinator: User) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=make_engagement(project),
        slug="park",
        title={"en": "Your park"},
        by=coordinator,
    )


@pytest.fixture
def led(project: Project) -> Project:
    """The project, with a safeguarding lead who signs in nowhere."""
    Project.objects.filter(pk=project.pk).update(safeguarding_lead="lead@bryn.example")
    project.refresh_from_db()
    return project


def letters() -> int:
    """Count the letters that tell a lead."""
    return Letter.objects.filter(kind="worry_hint").count()


def test_an_answer_to_a_survey_tells_the_lead_at_once_without_the_words(
    led: Project, survey: Survey, deliver: Callable[[], list[EmailMessage]]
) -> None:
    answer_survey(survey=survey, answers={"need": WORDS}, language="en", quote_consent=True)
    (letter,) = deliver()
    assert letter.to == ["lead@bryn.example"]
    assert "hits" not in f"{letter.subject}{letter.body}"
    assert "frightened" not in letter.body
    assert "ring 999" in letter.body
    assert "----" in letter.body
    comment = Comment.objects.get(text=WORDS)
    assert (comment.withheld, comment.look) == ("", Look.MARKED)
    hint = comment.hints.get()
    assert WORDS[hint.start : hint.end] == "hits me"
    assert not Comment.objects.of(led).publishable().exists()


def test_what_is_said_in_another_language_of_the_project_is_found_too(led: Project) -> None:
    make_comments(led, "Mae e'n yn fy nharo i bob nos.", language="cy")
    assert letters() == 1


def test_without_a_lead_nobody_is_written_to_and_it_is_marked_all_the_same(
    project: Project,
) -> None:
    (comment,) = make_comments(project, WORDS)
    assert letters() == 0
    assert comment.hints.get().kind == Hint.Kind.WORRY


def test_many_in_a_file_make_one_letter(led: Project) -> None:
    long = "A road. " * (AT_ONCE // 8)
    make_comments(led, f"{WORDS} {long}and on", f"{long}{WORDS}")
    assert letters() == 0
    assert look_at_waiting(project=led).marked == 2
    assert letters() == 1


def test_who_was_told_is_not_told_again_when_a_typo_is_put_right(
    led: Project, coordinator: User
) -> None:
    (comment,) = make_comments(led, f"{WORDS}, allways.")
    put_typo_right(comment=comment, text=f"{WORDS}, always.", by=coordinator)
    assert letters() == 1
    assert comment.hints.exists()


def test_nobody_is_told_of_what_is_out_of_sight(led: Project) -> None:
    (comment,) = make_comments(led, "A bench.")
    Comment.objects.filter(pk=comment.pk).update(text=WORDS, look=Look.WAITING, withheld="undone")
    look_at_waiting(project=led)
    assert letters() == 0


def test_a_project_says_its_own_words_and_the_given_ones_count_until_then(
    led: Project, coordinator: User
) -> None:
    assert "hits me" in LookRules.of(led).worry_words.text("en").splitlines()
    rules = change_look_rules(
        project=led,
        worry_words={"en": "skunk \n\n weed\nskunk", "cy": ""},
        turn_to={"en": "Ring 0000.", "cy": "Ffoniwch 0000."},
        by=coordinator,
    )
    assert rules.worry_words.text("en") == "skunk\nweed"
    assert LookRules.of(led).turn_to.text("cy") == "Ffoniwch 0000."
    make_comments(led, WORDS, "They smoke skunk by the swings.")
    assert [hint.length for hint in Hint.objects.all()] == [5]
    entry = AuditEntry.objects.get(verb="engagements.look_rules_changed")
    assert "skunk" not in str(entry.now)


def test_saving_what_was_there_leaves_no_trace(project: Project, coordinator: User) -> None:
    given = LookRules.of(project)
    texts = {
        name: {each: getattr(given, name).text(each) for each in project.languages}
        for name in ("worry_words", "turn_to")
    }
    change_look_rules(project=project, by=coordinator, **texts)
    assert not AuditEntry.objects.filter(verb="engagements.look_rules_changed").exists()


def test_the_given_words_are_there_in_every_language_of_the_catalogue(project: Project) -> None:
    assert set(LookRules.given(project).worry_words.entries) == set(dict(settings.LANGUAGES))
    assert "999" not in LookRules.given(project).turn_to.text("en")
    assert "116 123" in LookRules.given(project).turn_to.text("cy")
