"""Changes to why an action is proposed."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from engagements.models import Comment
from themes.models import Finding
from workshops.models import Action, Evidence, Note
from workshops.services.action import standing_action
from workshops.services.same_project import OtherProject

# Databases take so many values in one question.
_AT_ONCE = 1_000


class NothingToCite(Refusal):
    """Evidence is to be cited, and none was ticked."""

    sentence = _("Tick what this action answers first.")


class EvidenceOutOfSight(Refusal):
    """A comment was withheld, or a note undone, while somebody was choosing."""

    sentence = _("One of your choices has been taken out of sight. Load the page again and choose.")


class OtherAction(Refusal):
    """Evidence of another action was named."""

    sentence = _("That is not evidence for this action. Load the page again and choose.")


def cite_evidence(
    *,
    action: Action,
    by: User,
    comments: Sequence[Comment] = (),
    notes: Sequence[Note] = (),
    findings: Sequence[Finding] = (),
    at: datetime | None = None,
) -> list[Evidence]:
    """Say what an action answers, in one step; return what was not cited before.

    ``at`` is for records of the past; pages leave it out. Raises NothingToCite, ActionWithdrawn,
    OtherProject and EvidenceOutOfSight.
    """
    with recorded(project=action.project, by=by) as ledger:
        if not (comments or notes or findings):
            raise NothingToCite
        standing_action(ledger, action)
        step = uuid.uuid4()
        new: list[Evidence] = []
        for kind, given in (("comment", comments), ("note", notes), ("finding", findings)):
            chosen = {found.pk for found in given}
            _require_in_sight(kind, chosen, action.project)
            there = set(action.evidence.values_list(f"{kind}_id", flat=True))
            new += [
                Evidence(action=action, step=step, at=at or ledger.at, **{f"{kind}_id": pk})
                for pk in sorted(chosen - there)
            ]
        if new:
            Evidence.objects.bulk_create(new, batch_size=_AT_ONCE)
            ledger.record(
                "workshops.evidence_cited", subject=action, now={"step": step, **_audited(new)}
            )
    return new


def uncite_evidence(*, action: Action, evidence: Sequence[Evidence], by: User) -> int:
    """Take evidence off an action; return how many pieces were taken off. Raises OtherAction."""
    with recorded(project=action.project, by=by) as ledger:
        if any(found.action_id != action.pk for found in evidence):
            raise OtherAction
        gone: list[Evidence] = []
        for part in _parts([found.pk for found in evidence]):
            rows = action.evidence.filter(pk__in=part)
            gone += rows
            rows.delete()
        if gone:
            ledger.record("workshops.evidence_taken_off", subject=action, was=_audited(gone))
    return len(gone)


def _require_in_sight(kind: str, chosen: set[int], project: Project) -> None:
    """Raise OtherProject or EvidenceOutOfSight unless all that was chosen is ours, and in sight.

    Read again under the lock: what was shown a moment ago may be withheld by now.
    """
    ours, visible = {
        "comment": (Comment.objects.of(project), Comment.objects.of(project).visible()),
        "note": (Note.objects.of(project), Note.objects.of(project).not_undone()),
        "finding": (Finding.objects.of(project), Finding.objects.of(project)),
    }[kind]
    for part in _parts(sorted(chosen)):
        if visible.filter(pk__in=part).count() == len(part):
            continue
        if ours.filter(pk__in=part).count() == len(part):
            raise EvidenceOutOfSight
        raise OtherProject


def _parts(ids: list[int]) -> Iterator[list[int]]:
    """Cut a long list into what a database takes at once."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _audited(evidence: Sequence[Evidence]) -> dict[str, object]:
    """Return what the audit trail keeps of evidence: which comments, notes and findings."""
    return {
        "comments": [found.comment_id for found in evidence if found.comment_id],
        "notes": [found.note_id for found in evidence if found.note_id],
        "findings": [found.finding_id for found in evidence if found.finding_id],
    }
