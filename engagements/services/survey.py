"""Changes to public surveys: open one, change it, close it, and take an answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen, SentForm
from engagements.models import Engagement, Question, Submission, Survey
from engagements.services.hold import Origin, reason_to_hold
from engagements.services.idempotency import submission_keys
from engagements.services.question import ensure_questions
from engagements.services.submission import (
    AnotherProject,
    CommentDraft,
    EngagementCancelled,
    NothingSaid,
    add_submission,
)


class AddressTaken(Refusal):
    """Two surveys of a project can't have one address."""

    sentence = _("Another survey has that address. Choose another.")


class ClosesBeforeItOpens(Refusal):
    """A survey is open for some time."""

    sentence = _("It would close before it opens. Give a later closing time.")


class OpenedAlready(Refusal):
    """Somebody may have seen it: what was put to people then can't be undone by a date."""

    sentence = _(
        "This survey has been open, and people may have seen it, so it can't open later than it "
        "did. To take no answers, close it."
    )


class ClosesInThePast(Refusal):
    """An open survey is to close at a time that is over: answers came after it."""

    sentence = _(
        "That closing time is over, and the survey was still open then. Give a later time, or "
        "close it now."
    )


class NotOpen(Refusal):
    """A survey takes answers between its opening and its closing."""

    sentence = _("This survey is not open, so your answers were not kept.")


class NothingAnswered(NothingSaid):
    """A resident answers at least one of the questions."""

    sentence = _("Write something under at least one of the questions.")


def open_survey(
    *,
    project: Project,
    engagement: Engagement,
    slug: str,
    title: Mapping[str, str],
    by: User,
    introduction: Mapping[str, str] | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    sending: SentForm | None = None,
) -> Survey:
    """Set a public survey up, now or from ``opens_at``; its answers belong to ``engagement``.

    By one ``sending`` of a form, once. Raises AddressTaken, ClosesBeforeItOpens, AnotherProject,
    MadeAlready, ValidationError.
    """
    if engagement.project_id != project.pk:
        raise AnotherProject
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Survey)) is not None:
            return made
        ensure_questions(project=project, by=by)
        survey = Survey(
            project=project,
            engagement=engagement,
            slug=slug,
            title=Translated().changed(title),
            introduction=Translated().changed(introduction or {}),
            opens_at=opens_at or timezone.now(),
            closes_at=closes_at,
        )
        _check(survey)
        survey.save()
        ledger.record(
            "engagements.survey_opened",
            subject=survey,
            now={"slug": slug, "opens": survey.opens_at, "closes": closes_at},
            sending=sending,
        )
    return survey


def _check(survey: Survey) -> None:
    """Raise what stands against keeping this survey."""
    others = Survey.objects.of(survey.project).exclude(pk=survey.pk)
    if others.filter(slug=survey.slug).exists():
        raise AddressTaken
    if survey.closes_at is not None and survey.closes_at <= survey.opens_at:
        raise ClosesBeforeItOpens
    survey.full_clean()


def _check_times(
    survey: Survey, opened_at: datetime, closed_at: datetime | None, now: datetime
) -> None:
    """Raise OpenedAlready or ClosesInThePast where new times would deny that a survey was open.

    ``opened_at`` and ``closed_at`` are its times before.
    """
    if opened_at > now or closed_at == opened_at:
        return
    if survey.opens_at > opened_at:
        raise OpenedAlready
    if survey.closes_at is not None and survey.closes_at < min(now, closed_at or now):
        raise ClosesInThePast


def _as_it_was(sent: datetime | None, kept: datetime | None) -> datetime | None:
    """Return the time kept where the one sent is the same: the box on a form has no seconds."""
    same = sent and kept and sent == kept.replace(second=0, microsecond=0)
    return kept if same else sent


def change_survey(
    *,
    survey: Survey,
    engagement: Engagement,
    title: Mapping[str, str],
    introduction: Mapping[str, str],
    opens_at: datetime,
    closes_at: datetime | None,
    by: User,
    seen: Seen | None = None,
) -> Survey:
    """Change what a survey says and when it is open. Its address stays: it is on posters.

    When it was open stays true: one that has opened does not open later, nor close before now,
    so that a question that people may have seen is known by it. When it opens and when it closes
    are taken together, so one that was closed meanwhile is never opened again by accident. Raises
    OpenedAlready, ClosesInThePast, ClosesBeforeItOpens, AnotherProject, ChangedMeanwhile,
    ValidationError.
    """
    if engagement.project_id != survey.project_id:
        raise AnotherProject
    with recorded(project=survey.project, by=by) as ledger:
        ledger.refresh(survey)
        opens_at = _as_it_was(opens_at, survey.opens_at) or opens_at
        closes_at = _as_it_was(closes_at, survey.closes_at)
        opened_at, closed_at = survey.opens_at, survey.closes_at
        ledger.change(
            survey,
            seen=seen,
            together=[("opens_at", "closes_at")],
            engagement=engagement,
            title=title,
            introduction=introduction,
            opens_at=opens_at,
            closes_at=closes_at,
        )
        _check_times(survey, opened_at, closed_at, ledger.at)
        _check(survey)
        survey.save()
        ledger.record(
            "engagements.survey_changed",
            subject=survey,
            was={"opens": opened_at, "closes": closed_at},
            now={"opens": survey.opens_at, "closes": survey.closes_at},
        )
    return survey


def close_survey(*, survey: Survey, by: User) -> Survey:
    """Take no more answers from now on; one that is closed is left as it is."""
    with recorded(project=survey.project, by=by) as ledger:
        ledger.refresh(survey)
        if survey.closes_at is not None and survey.closes_at <= ledger.at:
            return survey
        was = {"closes": survey.closes_at}
        survey.closes_at = ledger.at
        # One that never opened would close before it opens.
        survey.opens_at = min(survey.opens_at, ledger.at)
        survey.save(update_fields=["opens_at", "closes_at"])
        ledger.note_changed(survey, "opens_at", "closes_at")
        ledger.record(
            "engagements.survey_closed", subject=survey, was=was, now={"closes": survey.closes_at}
        )
    return survey


def answer_survey(
    *,
    survey: Survey,
    answers: Mapping[str, str],
    language: str,
    quote_consent: bool = False,
    descriptor: str = "",
    client_id: UUID | None = None,
    at: datetime | None = None,
    origin: Origin | None = None,
) -> Submission:
    """Keep a resident's answers, by kind of question, also to one that was closed meanwhile.

    Those left empty are left out. ``client_id`` names the page they were sent from. The same
    answers sent twice from one page are kept once, even when it has closed since; other answers
    from it are kept as well. ``at`` is when they reached us, now unless told: it says whether they
    were in time. ``origin`` is where from, where that is known: too many from there, or too many in
    all, are kept on hold until somebody has looked. Raises NotOpen, NothingAnswered, TooLong or
    UnreadableCharacter.
    """
    drafts = _drafts(survey, answers)
    said_with = [survey.uuid, language, quote_consent, descriptor]
    [name] = submission_keys(client_id, answers=said_with, texts=[_as_text(drafts)])
    current = Submission.objects.of(survey.project).not_undone()
    if client_id is not None and (earlier := current.filter(client_id=name).first()):
        return cast(Submission, earlier)
    if not survey.is_open_at(at or timezone.now()):
        raise NotOpen
    if not drafts:
        raise NothingAnswered
    texts = [descriptor, *(draft.text for draft in drafts)]
    try:
        with recorded(project=survey.project, by=None) as ledger:
            return add_submission(
                engagement=survey.engagement,
                survey=survey,
                comments=drafts,
                descriptor=descriptor,
                quote_consent=quote_consent,
                language=language,
                channel=Submission.Channel.SURVEY,
                client_id=name if client_id is not None else None,
                by=None,
                hold=reason_to_hold(survey=survey, texts=texts, origin=origin, at=ledger.at),
            )
    except EngagementCancelled as refusal:
        # At this very moment; what the team can do about it is not for a resident to read.
        raise NotOpen from refusal


def _drafts(survey: Survey, answers: Mapping[str, str]) -> list[CommentDraft]:
    """Return what was answered, in the order it was asked."""
    return [
        CommentDraft(question, text)
        for question in Question.objects.of(survey.project)
        if (text := answers.get(question.kind, "").strip())
    ]


def _as_text(drafts: Iterable[CommentDraft]) -> str:
    """Return answers as one text: the same however the questions were ordered meanwhile."""
    return repr(sorted((draft.question.kind, draft.text) for draft in drafts))
