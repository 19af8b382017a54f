"""What is always true of a letter's row."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from coproduction.projects.models import Letter, Project

pytestmark = pytest.mark.django_db
NO_WORDS = {"to": "", "subject": "", "text": ""}


def make(project: Project | None, **fields: Any) -> Letter:
    """Keep a letter."""
    words = {"to": "mair@bryn.example", "subject": "Asked", "text": "Please", "language": "en"}
    return Letter.objects.create(project=project, kind="a_kind", **(words | fields))


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("state_known", {"state": "lost"}),
        ("claimed_to_be_sent", {"state": "sending"}),
        ("waits_for_anybody", {"claim": "5f1c9b4e-0f6b-4c52-9d4e-0a1b2c3d4e5f"}),
        ("sent_says_when", {"state": "sent", **NO_WORDS}),
        ("sent_says_when", {"sent_at": timezone.now()}),
        ("dropped_says_why", {"state": "dropped", **NO_WORDS}),
        ("dropped_says_why", {"why": "left"}),
        ("has_words_until_sent", {"text": ""}),
        ("has_words_until_sent", {"to": ""}),
        ("over_has_no_words", {"state": "sent", "sent_at": timezone.now()}),
        ("over_has_no_words", {"state": "dropped", "why": "left"}),
    ],
)
def test_a_row_that_can_not_be_is_refused(rule: str, wrong: dict, project: Project) -> None:
    with pytest.raises(IntegrityError, match=f"letter_{rule}"):
        make(project, **wrong)


def test_the_words_of_nobodys_letter_are_not_kept_after_it(project: Project) -> None:
    make(None, state="refused", **NO_WORDS)
    make(project, state="refused")
    with pytest.raises(IntegrityError, match="letter_of_no_project_is_forgotten"):
        make(None, state="refused")


def test_no_two_letters_have_one_name(project: Project) -> None:
    first = make(project)
    assert first.message_id.endswith("@127.0.0.1>")
    assert make(project).message_id != first.message_id
    with pytest.raises(IntegrityError):
        make(project, message_id=first.message_id)
