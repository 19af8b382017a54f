"""Changes to submissions: what people said, typed in, pasted in or sent in; and undoing it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import UNKNOWN_LANGUAGE
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from engagements.imports.postcodes import without_full_postcode
from engagements.models import (
    Comment,
    Engagement,
    Hold,
    Question,
    Submission,
    Survey,
    Withheld,
)
from engagements.models.receipts import new_receipts
from engagements.services.hold import HoldDraft
from engagements.services.look import look_at, queue_look
from engagements.services.reimport import carry_over_withholding
from engagements.services.submission_draft import (
    CommentDraft,
    NothingSaid,
    PastedComment,
    SubmissionDraft,
    clean_comment_text,
    make_translations,
)

Channel = Submission.Channel
# By which somebody on the team entered what was said.
ENTERED = (Channel.TYPED, Channel.PASTED)


class EngagementCancelled(Refusal):
    """Nobody spoke at an engagement that was called off."""

    sentence = _("This engagement was called off. Put it back in the diary first.")


class AnotherProject(Refusal):
    """An answer's question is the engagement's own project's."""

    sentence = _("That question belongs to another project. Choose one of this project's.")


class NoQuestion(Refusal):
    """Whatever is pasted is about something, if only about anything else."""

    sentence = _("Choose the question it answers.")


class RunUndone(Refusal):
    """A run is taken back once: somebody else was quicker, or an older page was open."""

    sentence = _("These entries were undone already. Nothing more was done.")


def refuse_cancelled(engagement: Engagement) -> None:
    """Raise EngagementCancelled when it is called off now, whatever was true when it was read.

    Ask it inside ``recorded``: whoever calls it off waits there.
    """
    engagement.refresh_from_db(fields=["status"])
    if engagement.is_cancelled:
        raise EngagementCancelled


def add_submissions(
    *,
    engagement: Engagement,
    entries: Iterable[SubmissionDraft],
    channel: str,
    by: User | None,
    survey: Survey | None = None,
) -> list[Submission]:
    """Keep what several people said, all or none, with one audit entry.

    An entry whose ``client_id`` came in before and stands is not kept again: the earlier one is
    returned in its place. One that was undone comes in again, and what was withheld or redacted of
    it stays so. Raises NothingSaid, TooLong, UnreadableCharacter, EngagementCancelled,
    AnotherProject, and ValidationError.
    """
    project = engagement.project
    with recorded(project=project, by=by) as ledger:
        refuse_cancelled(engagement)
        entries = list(entries)
        asked = [entry.client_id for entry in entries if entry.client_id]
        named = Submission.objects.of(project).filter(client_id__in=asked)
        earlier = list(named) if asked else []
        came_before = {each.client_id: each for each in earlier if each.undone_at is None}
        new = [entry for entry in entries if entry.client_id not in came_before]
        kept, comments = _new_records(engagement, new, channel=channel, survey=survey, by=by)
        if kept:
            _insert(kept, comments)
            if len(earlier) > len(came_before):
                carry_over_withholding(
                    comments=comments,
                    undone=named.filter(undone_at__isnull=False),
                    identity=attrgetter("submission.client_id"),
                    subject=engagement,
                    ledger=ledger,
                )
            _look(comments, ledger)
            ledger.record(
                "engagements.submissions_added",
                subject=engagement if len(kept) > 1 else kept[0],
                now={
                    "engagement": engagement.uuid,
                    "channel": channel,
                    "submissions": len(kept),
                    "comments": len(comments),
                    **_keep_holds(kept, new),
                },
                follow_up=False,
            )
    made = iter(kept)
    return [came_before.get(entry.client_id) or next(made) for entry in entries]


def _insert(kept: Sequence[Submission], comments: Sequence[Comment]) -> None:
    """Put checked rows into the database."""
    Submission.objects.bulk_create(kept)
    Comment.objects.bulk_create(comments)


def _look(comments: Sequence[Comment], ledger: Ledger) -> None:
    """Look at what was kept; where its language is to be guessed, a job does both."""
    is_unsaid = any(comment.language == UNKNOWN_LANGUAGE for comment in comments)
    queue_look(ledger.project) if is_unsaid else look_at(comments, ledger=ledger)


def _run_of(engagement: Engagement, channel: str, by: User | None) -> UUID | None:
    """Return what is taken back together with new entries: all of a paste, or of a typing run."""
    if by is None or channel not in ENTERED:
        return None
    if channel == Channel.TYPED:
        before = Submission.objects.typed_lately(engagement, by).first()
        if before is not None and before.run is not None:
            return before.run
    return uuid4()


def _new_records(
    engagement: Engagement,
    entries: Iterable[SubmissionDraft],
    *,
    channel: str,
    survey: Survey | None,
    by: User | None,
) -> tuple[list[Submission], list[Comment]]:
    """Make the rows of entries, checked, not yet saved."""
    entries = list(entries)
    run = _run_of(engagement, channel, by) if entries else None
    submissions: list[Submission] = []
    comments: list[Comment] = []
    for entry, receipt in zip(entries, new_receipts(len(entries)), strict=True):
        submission = Submission(
            project_id=engagement.project_id,
            engagement=engagement,
            channel=channel,
            survey=survey,
            receipt=receipt,
            client_id=entry.client_id,
            descriptor=entry.descriptor.strip(),
            age_band=entry.age_band.strip(),
            area=without_full_postcode(entry.area.strip()),
            language=entry.language,
            received_at=entry.received_at or timezone.now(),
            on_hold=entry.hold is not None,
            run=run,
            by=by,
        )
        # Its fields, not its keys: a full_clean would ask the database about each.
        submission.clean_fields(exclude=["project", "engagement", "survey", "batch", "by"])
        if not entry.comments:
            raise NothingSaid
        comments += [
            _new_comment(submission, position, draft, entry.quote_consent)
            for position, draft in enumerate(entry.comments)
        ]
        submissions.append(submission)
    return submissions, comments


def _keep_holds(
    kept: Iterable[Submission], entries: Iterable[SubmissionDraft]
) -> Mapping[str, list[str]]:
    """Keep why some of these are on hold, and return what the trail says of it."""
    holds = [
        Hold(
            project_id=submission.project_id,
            submission=submission,
            reason=entry.hold.reason,
            network=entry.hold.network,
            group=entry.hold.group,
        )
        for submission, entry in zip(kept, entries, strict=True)
        if entry.hold is not None
    ]
    Hold.objects.bulk_create(holds)
    return {"on_hold": sorted({hold.reason for hold in holds})} if holds else {}


def _new_comment(
    submission: Submission, position: int, draft: CommentDraft, quote_consent: bool
) -> Comment:
    """Make one comment's row, checked, not yet saved."""
    if draft.question.project_id != submission.project_id:
        raise AnotherProject
    kept = clean_comment_text(draft.text)
    return Comment(
        project_id=submission.project_id,
        submission=submission,
        engagement_id=submission.engagement_id,
        question=draft.question,
        position=position,
        text=kept,
        quote_consent=quote_consent if draft.quote_consent is None else draft.quote_consent,
        weight=draft.weight,
        language=submission.language,
        translation=make_translations(kept, submission.language, draft.translation),
        withheld=Withheld.ON_HOLD if submission.on_hold else Withheld.NOTHING,
    )


def add_submission(
    *,
    engagement: Engagement,
    comments: Sequence[CommentDraft],
    by: User | None,
    descriptor: str = "",
    age_band: str = "",
    area: str = "",
    quote_consent: bool = False,
    language: str = settings.LANGUAGE_CODE,
    channel: str = Channel.TYPED,
    client_id: UUID | None = None,
    survey: Survey | None = None,
    received_at: datetime | None = None,
    hold: HoldDraft | None = None,
) -> Submission:
    """Keep what one person said; sent twice with one ``client_id`` it is kept once.

    With a ``hold`` it is kept, and counts nowhere until somebody has let it in. Raises as
    ``add_submissions`` does.
    """
    entry = SubmissionDraft(
        comments=comments,
        descriptor=descriptor,
        age_band=age_band,
        area=area,
        quote_consent=quote_consent,
        language=language,
        client_id=client_id,
        received_at=received_at,
        hold=hold,
    )
    return add_submissions(
        engagement=engagement, entries=[entry], channel=channel, survey=survey, by=by
    )[0]


def paste_lines(
    *,
    engagement: Engagement,
    question: Question | None,
    lines: Iterable[str | PastedComment],
    by: User,
    descriptor: str = "",
    quote_consent: bool = False,
    language: str = settings.LANGUAGE_CODE,
    client_ids: Sequence[UUID] = (),
) -> list[Submission]:
    """Keep many lines as many comments, each one person's, with one audit entry.

    Blank lines are left out. A line may have a question and a language of its own. With
    ``client_ids``, one for each line, a paste sent twice is kept once. Raises NothingSaid where all
    are blank, NoQuestion, and what ``add_submissions`` raises.
    """
    every = (line if isinstance(line, PastedComment) else PastedComment(line) for line in lines)
    comments = [each for each in every if each.text.strip()]
    if not comments:
        raise NothingSaid
    ids: Sequence[UUID | None] = client_ids or [None] * len(comments)
    entries = []
    for each, client_id in zip(comments, ids, strict=True):
        asked = each.question or question
        if asked is None:
            raise NoQuestion
        entries.append(
            SubmissionDraft(
                comments=[CommentDraft(asked, each.text, weight=each.weight)],
                descriptor=descriptor,
                quote_consent=quote_consent,
                language=each.language or language,
                client_id=client_id,
            )
        )
    return add_submissions(engagement=engagement, entries=entries, channel=Channel.PASTED, by=by)


def undo_submissions(*, submissions: Iterable[Submission], by: User) -> int:
    """Take entries back: kept, counted nowhere. Return how many were taken back now.

    One undone before is left as it is. Raises AnotherProject unless all are of one project.
    """
    submissions = list(submissions)
    if not submissions:
        return 0
    project = submissions[0].project
    if any(submission.project_id != project.pk for submission in submissions):
        raise AnotherProject
    with recorded(project=project, by=by) as ledger:
        keys = [submission.pk for submission in submissions]
        current = Submission.objects.of(project).not_undone().filter(pk__in=keys)
        undone = list(current.values_list("pk", flat=True))
        if undone:
            Submission.objects.filter(pk__in=undone).update(undone_at=ledger.at)
            # One that is withdrawn or has a concern stays so, whatever becomes of the entry.
            Comment.objects.visible().filter(submission__in=undone).update(withheld=Withheld.UNDONE)
            gone = [submission for submission in submissions if submission.pk in set(undone)]
            ledger.record(
                "engagements.submissions_undone",
                subject=gone[0] if len(gone) == 1 else gone[0].engagement,
                was={"submissions": len(gone)},
            )
    for submission in submissions:
        submission.refresh_from_db(fields=["undone_at"])
    return len(undone)


def undo_run(*, engagement: Engagement, run: UUID, by: User) -> int:
    """Take a whole paste or typing run back, days later too; return how many entries.

    What stands of it is kept and counted nowhere; an entry undone before is left as it is. Raises
    RunUndone where nothing of it stands any more.
    """
    with recorded(project=engagement.project, by=by):
        entered = Submission.objects.of(engagement.project).filter(run=run, channel__in=ENTERED)
        # They may have been moved to another engagement since.
        standing = list(entered.not_undone().select_related("project", "engagement"))
        if not standing:
            raise RunUndone
        return undo_submissions(submissions=standing, by=by)
