"""Changes to submissions: what people said, typed in, pasted in or sent in; and undoing it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated, source_fingerprint
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from engagements.models import (
    LONGEST_COMMENT,
    UNKNOWN_LANGUAGE,
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

Channel = Submission.Channel
# By which somebody on the team entered what was said.
ENTERED = (Channel.TYPED, Channel.PASTED)


class NothingSaid(Refusal):
    """A submission holds at least one comment with words in it."""

    sentence = _("There are no words to keep. Type what was said.")


class TooLong(Refusal):
    """One comment is one point; a whole book is not."""

    sentence = _("That is longer than 100,000 letters. Split it into several comments.")


class UnreadableCharacter(Refusal):
    """A NUL is not a letter, and databases refuse it."""

    sentence = _("There is an unreadable character (NUL) in it. Type the words again.")


class EngagementCancelled(Refusal):
    """Nobody spoke at an engagement that was called off."""

    sentence = _("This engagement was called off. Put it back in the diary first.")


class AnotherProject(Refusal):
    """An answer's question is the engagement's own project's."""

    sentence = _("That question belongs to another project. Choose one of this project's.")


class RunUndone(Refusal):
    """A run is taken back once: somebody else was quicker, or an older page was open."""

    sentence = _("These entries were undone already. Nothing more was done.")


class CommentDraft(NamedTuple):
    """One thing said, before it is kept; its translations by their language."""

    question: Question
    text: str
    translation: Mapping[str, str] = {}


@dataclass(frozen=True)
class SubmissionDraft:
    """What one person said in one go, before it is kept; the consent is for all of it."""

    comments: Sequence[CommentDraft]
    descriptor: str = ""
    quote_consent: bool = False
    language: str = settings.LANGUAGE_CODE
    client_id: UUID | None = None
    received_at: datetime | None = None
    # Why somebody is to look at it first, where somebody is.
    hold: HoldDraft | None = None


def clean_comment_text(text: str) -> str:
    """Return a comment's words as they are kept: as written, without blank edges.

    Raises NothingSaid, TooLong or UnreadableCharacter.
    """
    kept = text.replace("\r\n", "\n").strip()
    if not kept:
        raise NothingSaid
    if len(kept) > LONGEST_COMMENT:
        raise TooLong
    if "\x00" in kept:
        raise UnreadableCharacter
    return kept


def make_translations(text: str, language: str, translation: Mapping[str, str]) -> Translated:
    """Return the translations to keep beside words; the words themselves are not among them."""
    of = source_fingerprint(text)
    return Translated(
        {
            other: {"text": translated.strip(), "of": of}
            for other, translated in translation.items()
            if other != language
        }
    )


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
                    identity=attrgetter("client_id"),
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
        quote_consent=quote_consent,
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
    question: Question,
    lines: Iterable[str],
    by: User,
    descriptor: str = "",
    quote_consent: bool = False,
    language: str = settings.LANGUAGE_CODE,
    client_ids: Sequence[UUID] = (),
) -> list[Submission]:
    """Keep many lines as many comments, each one person's, with one audit entry.

    Blank lines are left out. With ``client_ids``, one for each line, a paste sent twice is kept
    once. Raises NothingSaid where all are blank, and what ``add_submissions`` raises.
    """
    texts = [line for line in lines if line.strip()]
    if not texts:
        raise NothingSaid
    ids: Sequence[UUID | None] = client_ids or [None] * len(texts)
    entries = [
        SubmissionDraft(
            comments=[CommentDraft(question, line)],
            descriptor=descriptor,
            quote_consent=quote_consent,
            language=language,
            client_id=client_id,
        )
        for line, client_id in zip(texts, ids, strict=True)
    ]
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
