"""Changes to what actions rest on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduction.projects.models import AuditEntry
from engagements.models import Withheld
from tests.cast import make_member
from tests.workshops.material import (
    add_note,
    make_action,
    make_comment,
    make_finding,
    make_theme,
    make_workshop,
    promise_of,
)
from workshops.models import Evidence
from workshops.services.action import (
    reword_action,
)
from workshops.services.evidence import (
    EvidenceOutOfSight,
    NothingToCite,
    OtherAction,
    cite_evidence,
    uncite_evidence,
)
from workshops.services.note import undo_notes
from workshops.services.same_project import OtherProject


def last_entry(project) -> AuditEntry:
    """Return the end of the project's audit trail."""
    return AuditEntry.objects.filter(project=project).latest("number")


def test_an_action_cites_comments_notes_and_a_finding_in_one_step(project, facilitator) -> None:
    action = make_action(project)
    comments = [make_comment(project, f"Swings {number}") for number in range(3)]
    note = add_note(
        workshop=make_workshop(project),
        table=None,
        kind="idea",
        text="Slide",
        language="en",
        by=facilitator,
    )
    finding = make_finding(action.theme, facilitator)
    made = cite_evidence(
        action=action, comments=comments, notes=[note], findings=[finding], by=facilitator
    )
    assert len(made) == action.evidence.count() == 5
    assert len({row.step for row in action.evidence.all()}) == 1
    assert last_entry(project).now["comments"] == [comment.pk for comment in comments]


def test_records_of_the_past_say_when_they_were_made(project, facilitator) -> None:
    then = timezone.now() - timedelta(days=400)
    action = make_action(project, at=then)
    cite_evidence(
        action=action, findings=[make_finding(action.theme, facilitator)], at=then, by=facilitator
    )
    promise = promise_of(action, text={"en": "More."})
    newer = reword_action(action=action, at=then, by=facilitator, **promise)
    assert (newer.number, newer.created_at) == (2, then)
    assert {row.created_at for row in action.wordings.all()} == {then}
    assert action.evidence.get().at == then


def test_citing_again_adds_only_what_is_new(project, facilitator) -> None:
    action, first = make_action(project), make_comment(project)
    cite_evidence(action=action, comments=[first], by=facilitator)
    before = last_entry(project).number
    assert cite_evidence(action=action, comments=[first], by=facilitator) == []
    assert last_entry(project).number == before
    second = make_comment(project)
    made = cite_evidence(action=action, comments=[first, second], by=facilitator)
    assert [row.comment_id for row in made] == [second.pk]


def test_thousands_are_cited_in_one_step(project, facilitator, count_queries) -> None:
    action, pattern = make_action(project), make_comment(project)
    type(pattern).objects.bulk_create(
        type(pattern)(
            project=project,
            submission=pattern.submission,
            engagement=pattern.engagement,
            question=pattern.question,
            position=number,
            text="Swings",
        )
        for number in range(1, 2_500)
    )
    comments = list(type(pattern).objects.of(project))
    with count_queries() as seen:
        cite_evidence(action=action, comments=comments, by=facilitator)
    assert action.evidence.count() == 2_500
    assert len(seen) <= 32


def test_withheld_comments_and_undone_notes_are_not_cited(project, facilitator) -> None:
    action = make_action(project)
    hidden = make_comment(project, withheld=Withheld.CONCERN)
    workshop = make_workshop(project)
    note = add_note(
        workshop=workshop, table=None, kind="idea", text="Slide", language="en", by=facilitator
    )
    undo_notes(workshop=workshop, notes=[note], by=facilitator)
    with pytest.raises(EvidenceOutOfSight):
        cite_evidence(action=action, comments=[make_comment(project), hidden], by=facilitator)
    with pytest.raises(EvidenceOutOfSight):
        cite_evidence(action=action, notes=[note], by=facilitator)
    with pytest.raises(NothingToCite):
        cite_evidence(action=action, by=facilitator)
    assert not Evidence.objects.exists()


def test_nothing_of_another_project_is_cited(project, other_project, facilitator) -> None:
    action = make_action(project)
    their_facilitator = make_member(other_project, "facilitator")
    theirs = {
        "comments": make_comment(other_project),
        "notes": add_note(
            workshop=make_workshop(other_project),
            table=None,
            kind="idea",
            text="Slide",
            language="en",
            by=their_facilitator,
        ),
        "findings": make_finding(make_theme(other_project), their_facilitator),
    }
    ours = make_comment(project)
    refused = 0
    for name, value in theirs.items():
        with pytest.raises(OtherProject):
            cite_evidence(action=action, by=facilitator, **({"comments": [ours]} | {name: [value]}))
        refused += 1
    assert refused == 3
    assert not Evidence.objects.exists()


def test_evidence_is_taken_off_its_own_action_only(project, facilitator) -> None:
    action, another = make_action(project), make_action(project)
    made = cite_evidence(
        action=action, comments=[make_comment(project), make_comment(project)], by=facilitator
    )
    with pytest.raises(OtherAction):
        uncite_evidence(action=another, evidence=made, by=facilitator)
    assert uncite_evidence(action=action, evidence=made[:1], by=facilitator) == 1
    assert uncite_evidence(action=action, evidence=made[:1], by=facilitator) == 0
    assert list(action.evidence.all()) == made[1:]


def test_evidence_is_exactly_one_thing(project) -> None:
    action, comment = make_action(project), make_comment(project)
    note_and_comment = {
        "comment": comment,
        "finding": make_finding(action.theme, make_member(project, "analyst")),
    }
    refused = 0
    for wrong in [{}, note_and_comment]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(action=action, **wrong)
        refused += 1
    assert refused == 2
