"""Complaints about data: taking one in, saying that it came, answering it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.audit import recorded
from coproduction.projects.models import DataComplaint, Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen, SentForm
from coproduction.projects.services.letter import Draft, write_letters


class AnsweredAlready(Refusal):
    """A complaint is answered once: more is said by letter, from person to person."""

    sentence = _("Somebody has answered this complaint already. Look at what they said.")


def make_complaint(
    *,
    project: Project,
    name: str,
    email: str,
    text: str,
    language: str,
    sending: SentForm | None = None,
) -> DataComplaint:
    """Take in a complaint, and tell those who answer it that there is one, without its words.

    By one ``sending`` of a form, once. Raises MadeAlready and ValidationError.
    """
    with recorded(project=project, by=None) as ledger:
        if (made := ledger.made_before(sending, DataComplaint)) is not None:
            return made
        complaint = DataComplaint(
            project=project,
            name=name.strip(),
            email=email,
            text=text.strip(),
            language=language,
            received_at=ledger.at,
        )
        complaint.full_clean(exclude=["by"])
        complaint.save()
        ledger.record(
            "projects.complaint_received", subject=complaint, follow_up=False, sending=sending
        )
        _tell_those_who_answer(complaint)
    return complaint


def acknowledge_complaint(*, complaint: DataComplaint, by: User) -> None:
    """Write to somebody that their complaint came and what happens next; twice changes nothing."""
    with recorded(project=complaint.project, by=by) as ledger:
        if ledger.refresh(complaint).acknowledged_at is not None:
            return
        complaint.acknowledged_at = ledger.at
        complaint.save(update_fields=["acknowledged_at"])
        ledger.record("projects.complaint_acknowledged", subject=complaint, follow_up=False)
        _write_back(complaint, "complaint_acknowledged")


def answer_complaint(
    *, complaint: DataComplaint, reply: str, by: User, seen: Seen | None = None
) -> DataComplaint:
    """Answer a complaint by letter, and keep what was answered. Raises AnsweredAlready.

    And ChangedMeanwhile.
    """
    with recorded(project=complaint.project, by=by) as ledger:
        if ledger.refresh(complaint).is_answered:
            raise AnsweredAlready
        ledger.change(complaint, seen=seen, reply=reply.strip())
        complaint.answered_at, complaint.by = ledger.at, by
        complaint.acknowledged_at = complaint.acknowledged_at or ledger.at
        complaint.full_clean()
        complaint.save()
        ledger.record("projects.complaint_answered", subject=complaint, follow_up=False)
        _write_back(complaint, "complaint_answered")
    return complaint


def _tell_those_who_answer(complaint: DataComplaint) -> None:
    """Write to everybody who may answer, in their language."""
    people = User.objects.filter(
        is_active=True,
        memberships__project=complaint.project,
        memberships__role__in=CAPABILITIES["complaints.answer"],
    )
    drafts = [
        _draft(complaint, "complaint_received", to=each.email, language=each.language)
        for each in people.distinct().order_by("pk")
    ]
    write_letters(project=complaint.project, kind="complaint", drafts=drafts)


def _write_back(complaint: DataComplaint, name: str) -> None:
    """Write to whoever complained, in the language they did it in."""
    draft = _draft(complaint, name, to=complaint.email, language=complaint.language)
    write_letters(project=complaint.project, kind="complaint", drafts=[draft])


def _draft(complaint: DataComplaint, name: str, *, to: str, language: str) -> Draft:
    """Return a letter about a complaint."""
    with translation.override(language):
        address = reverse("projects:complaint_list", kwargs={"project": complaint.project.slug})
        about = {
            "complaint": complaint,
            "project": complaint.project,
            "url": f"{settings.SITE_URL}{address}",
        }
        return Draft(
            to=to,
            subject=render_to_string(f"projects/email/{name}_subject.txt", about),
            text=render_to_string(f"projects/email/{name}_message.txt", about),
            language=language,
        )
