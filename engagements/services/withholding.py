"""Changes to what may be seen of a comment: withdrawals, concerns, redactions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from coproduction.languages.differences import join_changes
from coproduction.languages.models import Translated
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import User
from coproduction.projects.queries.letter import NOT_ARRIVED, state_of_letter
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import ChangedMeanwhile, ChangedSince, Seen
from coproduction.projects.services.letter import drop_letter
from engagements.models import (
    BulkChangedComment,
    Comment,
    Concern,
    Redaction,
    Submission,
    Withdrawal,
    Withheld,
)
from engagements.queries.twins import twins_of
from engagements.services.look import look_at
from engagements.services.notifications import write_to_lead
from engagements.services.reimport import HIDES
from engagements.services.submission import clean_comment_text, make_translations


class AlreadyDecided(Refusal):
    """What was decided about a concern stays; another worry is another concern."""

    sentence = _("This comment is shown again already. Raise the concern again if you are worried.")


class NoDecision(Refusal):
    """A concern ends by showing the comment again or keeping it hidden."""

    sentence = _("Choose what was decided: show it again, or keep it hidden.")


class NothingRedacted(Refusal):
    """There are no earlier words to put back."""

    sentence = _("These words were not changed, so there is nothing to put back.")


class WordsErased(Refusal):
    """Erased words don't come back, and none are put in their place."""

    sentence = _("The words of this comment were erased for good. They can't be shown or changed.")


class NotChanged(Refusal):
    """A redaction changes the words."""

    sentence = _("The words are the same as before. Take out what names or points to a person.")


def what_withholds(comment: Comment) -> str:
    """Work out what withholds a comment.

    A concern goes before a withdrawal, a withdrawal before an undone entry, and that before a hold.
    """
    if comment.concerns.filter(outcome__in=HIDES).exists():
        return Withheld.CONCERN
    if comment.withdrawals.filter(lifted_at__isnull=True).exists():
        return Withheld.WITHDRAWN
    if comment.submission.undone_at is not None:
        return Withheld.UNDONE
    return Withheld.ON_HOLD if comment.submission.on_hold else Withheld.NOTHING


def _update_withheld(comment: Comment, ledger: Ledger, verb: str) -> None:
    """Work out again what withholds a comment, keep it, and record the change under ``verb``."""
    was = ledger.refresh(comment).withheld
    comment.withheld = now = what_withholds(comment)
    comment.save(update_fields=["withheld"])
    changed: dict[str, Any] = {"withheld": now}
    if ledger.by is None:
        # Nobody but its speaker, who had the code and no account.
        changed["with_code"] = True
    ledger.record(verb, subject=comment, was={"withheld": was}, now=changed)


def withdraw_comment(*, comment: Comment, by: User | None) -> None:
    """Show a comment nowhere any more, as its speaker wishes; withdrawing twice changes nothing.

    ``by`` is None when the speaker did it with their receipt.
    """
    with recorded(project=comment.project, by=by) as ledger:
        if comment.withdrawals.filter(lifted_at__isnull=True).exists():
            # Withdrawn with many, it is now as its speaker wishes: undoing that leaves it alone.
            of_many = BulkChangedComment.objects.filter(comment=comment, withdrawal__isnull=False)
            if not of_many.update(withdrawal=None):
                return
        else:
            Withdrawal.objects.create(comment=comment, by=by)
        _update_withheld(comment, ledger, "engagements.comment_withdrawn")


def withdraw_some(*, submission: Submission, positions: Iterable[int], by: User | None) -> int:
    """Withdraw some of what one person said at one sitting; return how many were withdrawn now.

    ``by`` is None when they did it themselves, with their receipt.
    """
    with recorded(project=submission.project, by=by):
        chosen = own_to_withdraw(submission).filter(position__in=positions)
        comments = list(chosen.select_related("project", "submission"))
        for comment in comments:
            withdraw_comment(comment=comment, by=by)
    return len(comments)


def own_to_withdraw(submission: Submission) -> QuerySet[Comment]:
    """Return what of a sitting may still be withdrawn: neither withdrawn nor erased nor undone."""
    standing = Withdrawal.objects.filter(comment=OuterRef("pk"), lifted_at__isnull=True)
    # What the team withdrew with many may come back with many, unless its speaker says no.
    of_many = BulkChangedComment.objects.filter(withdrawal=OuterRef("pk"))
    of_many = of_many.filter(comment=OuterRef("comment"))
    standing = standing.filter(~Exists(of_many))
    there = submission.comments.not_undone().filter(~Exists(standing), erased_at__isnull=True)
    return there.order_by("position")


def lift_withdrawal(*, comment: Comment, by: User | None, version: int | None = None) -> None:
    """Show a comment again, its speaker having changed their mind; otherwise change nothing.

    ``version`` is the comment's as the page showed it: raises ChangedSince where it was withdrawn
    again, or changed in another way, since; WordsErased where there is nothing left to show.
    """
    with recorded(project=comment.project, by=by) as ledger:
        if ledger.refresh(comment, version=version).is_erased:
            raise WordsErased
        lifted = comment.withdrawals.filter(lifted_at__isnull=True).update(lifted_at=ledger.at)
        if lifted:
            _update_withheld(comment, ledger, "engagements.withdrawal_lifted")


def raise_concern(*, comment: Comment, by: User) -> Concern:
    """Hide a comment at once because somebody is worried, and tell the safeguarding lead.

    The lead is told by a letter, without the words. Raising it twice changes nothing.
    """
    with recorded(project=comment.project, by=by) as ledger:
        if waiting := comment.concerns.filter(outcome=Concern.Outcome.OPEN).first():
            return waiting
        concern = Concern.objects.create(comment=comment, raised_by=by)
        _update_withheld(comment, ledger, "engagements.concern_raised")
        write_to_lead(concern=concern)
    return concern


def raise_concern_with_twins(*, comment: Comment, by: User) -> int:
    """Hide what says the same as a comment that somebody is worried about; return how many.

    The lead is told once: the letter about the first is about these too.
    """
    with recorded(project=comment.project, by=by) as ledger:
        waiting = comment.concerns.filter(outcome=Concern.Outcome.OPEN).first()
        letter = waiting.letter if waiting else None
        twins = list(twins_of(comment).select_related("project", "submission"))
        for twin in twins:
            Concern.objects.create(comment=twin, raised_by=by, letter=letter)
            _update_withheld(twin, ledger, "engagements.concern_raised")
    return len(twins)


def resend_letter_to_lead(*, concern: Concern, by: User) -> bool:
    """Have the safeguarding lead written to again, when the letter did not go.

    Return whether there was anything to do: not when the lead was told, or is being written to, or
    when nobody is named.
    """
    with recorded(project=concern.comment.project, by=by) as ledger:
        ledger.refresh(concern)
        missing = concern.is_open and state_of_letter(concern.letter) in NOT_ARRIVED
        if not missing or not write_to_lead(concern=concern):
            return False
        ledger.record("engagements.lead_told_again", subject=concern.comment)
    return True


def resolve_concern(
    *,
    concern: Concern,
    outcome: str,
    by: User,
    decision: str = "",
    decided_by: str = "",
    decided_at: datetime | None = None,
    seen: Seen | None = None,
) -> Concern:
    """Record what was decided, elsewhere, about a concern: kind, who and when.

    One kept hidden may be shown again later, by somebody who knows that it was. Where somebody
    showed it again while another wrote down that it stays hidden, hidden wins, as a worry anew.
    Raises AlreadyDecided, NoDecision, ChangedMeanwhile.
    """
    if outcome not in {Concern.Outcome.RESTORED, Concern.Outcome.KEPT_HIDDEN}:
        raise NoDecision
    comment = concern.comment
    with recorded(project=comment.project, by=by) as ledger:
        if ledger.refresh(concern).outcome == Concern.Outcome.RESTORED:
            if seen is None or outcome == Concern.Outcome.RESTORED:
                raise AlreadyDecided
            concern, seen = raise_concern(comment=comment, by=by), None
        ledger.change(
            concern,
            seen=seen,
            together=[("outcome", "decision", "decided_by", "decided_at")],
            outcome=outcome,
            decision=decision,
            decided_by=decided_by.strip(),
            decided_at=decided_at,
        )
        concern.resolved_at, concern.resolved_by = ledger.at, by
        concern.save()
        drop_letter(uuid=concern.letter)  # If it has not gone, it need not.
        if concern.outcome == Concern.Outcome.RESTORED:
            # An earlier concern about the same words that was kept hidden is decided with it.
            comment.concerns.filter(outcome=Concern.Outcome.KEPT_HIDDEN).update(
                outcome=concern.outcome, resolved_at=ledger.at, resolved_by=by
            )
        _update_withheld(comment, ledger, f"engagements.concern_{concern.outcome}")
    return concern


def redact_comment(
    *,
    comment: Comment,
    text: str,
    by: User,
    translation: Mapping[str, str] | None = None,
    descriptor: str | None = None,
    seen: Seen | None = None,
) -> Redaction:
    """Take out of a comment what names or points to a person; the words before are kept apart.

    Without ``translation`` the one beside the comment goes, since it would still say it all. With
    ``descriptor`` the speaker is described so from now on; without it, as before. What somebody
    else took out since the form was drawn never comes back by it. Raises NotChanged, WordsErased,
    ChangedMeanwhile, and NothingSaid, TooLong, UnreadableCharacter or ValidationError for what is
    left.
    """
    with recorded(project=comment.project, by=by) as ledger:
        if ledger.refresh(comment).is_erased:
            raise WordsErased
        submission = comment.submission
        try:
            merged = ledger.merged(
                comment,
                seen=seen,
                now=_words_of(comment),
                text=clean_comment_text(text),
                translation=translation or {},
                descriptor=submission.descriptor if descriptor is None else descriptor.strip(),
            )
        except ChangedMeanwhile as refusal:
            join_redactions(comment, seen, refusal)
            raise
        left = merged["text"]
        texts = {language: comment.translation.text(language) for language in translation or ()}
        beside = make_translations(left, comment.language, texts | merged["translation"])
        described = (speaker := merged["descriptor"]) != submission.descriptor
        if left == comment.text and beside == comment.translation and not described:
            raise NotChanged
        own = make_redaction(comment, by)
        redactions = change_descriptor(comment, speaker, own, by) if described else [own]
        Redaction.objects.bulk_create(redactions)
        comment.text, comment.translation = left, beside
        comment.save(update_fields=Comment.WORDS)
        forget_translations(comment)
        look_at(with_others(comment) if described else [comment], ledger=ledger)
        ledger.record(
            "engagements.comment_redacted", subject=comment, now={"redaction": redactions[0].pk}
        )
    return redactions[0]


def forget_translations(comment: Comment) -> None:
    """Forget what stood beside a comment before a change to many: a name may stand in it too."""
    BulkChangedComment.objects.filter(comment=comment).update(was_translation=Translated())


def _words_of(comment: Comment) -> dict[str, Any]:
    """Return what may name somebody, by the names of the form."""
    return {
        "text": comment.text,
        "translation": comment.translation,
        "descriptor": comment.submission.descriptor,
    }


def join_redactions(comment: Comment, seen: Seen | None, refusal: ChangedMeanwhile) -> None:
    """Let the form go on from what both took out, so that neither's names stand in its box."""
    drawn = seen.prints.get("text") if seen else None
    # Back to what the form was drawn from; where only typos were put right since, no name can come
    # back by it.
    takes_out = False
    for redaction in comment.redactions.order_by("-pk"):
        takes_out = takes_out or not redaction.is_typo
        if Seen.of({"text": redaction.original}).prints.get("text") == drawn:
            if takes_out:
                yours = refusal.yours["text"]
                refusal.yours["text"] = join_changes(redaction.original, comment.text, yours)
            return


def make_redaction(comment: Comment, by: User) -> Redaction:
    """Make the row that keeps what a comment says now; not saved."""
    return Redaction(
        comment=comment,
        original=comment.text,
        original_translation=comment.translation,
        by=by,
    )


def change_descriptor(
    comment: Comment, descriptor: str, redaction: Redaction, by: User
) -> list[Redaction]:
    """Change how the speaker is described, and return the redactions that keep how it was.

    One for each comment of the sitting: they share the description, so whatever was cleared for
    print with the old one, of any of them, is to be looked at again.
    """
    submission = comment.submission
    others = submission.comments.filter(erased_at__isnull=True).exclude(pk=comment.pk)
    redactions = [redaction, *(make_redaction(each, by) for each in others)]
    for each in redactions:
        each.original_descriptor = submission.descriptor
    submission.descriptor = descriptor
    submission.clean_fields(exclude=["project", "engagement", "survey", "batch", "by"])
    submission.save(update_fields=["descriptor"])
    return redactions


def with_others(comment: Comment) -> list[Comment]:
    """Return a comment with the others of its sitting, which share how its speaker is described."""
    others = comment.submission.comments.filter(erased_at__isnull=True).exclude(pk=comment.pk)
    return [comment, *others.select_related("submission")]


def restore_redaction(*, comment: Comment, by: User, last: int | None = None) -> None:
    """Put a comment's words back as they were before it was last redacted, or put right.

    How its speaker was described comes back too, where that was changed. ``last`` is the key of the
    last redaction that the page showed: another, since, is not undone unseen. Raises
    NothingRedacted and ChangedSince.
    """
    with recorded(project=comment.project, by=by) as ledger:
        ledger.refresh(comment)
        redaction = comment.redactions.order_by("-pk").first()
        # Its time may be over, and what it kept gone.
        if redaction is None or not redaction.original:
            raise NothingRedacted
        if last is not None and redaction.pk != last:
            raise ChangedSince
        comment.text = redaction.original
        comment.translation = redaction.original_translation
        comment.save(update_fields=Comment.WORDS)
        ledger.note_changed(comment, "text", "translation", "descriptor")
        if redaction.original_descriptor is not None:
            submission = comment.submission
            submission.descriptor = redaction.original_descriptor
            submission.save(update_fields=["descriptor"])
        has_other = redaction.original_descriptor is not None
        look_at(with_others(comment) if has_other else [comment], ledger=ledger)
        ledger.record(
            "engagements.typo_put_back" if redaction.is_typo else "engagements.redaction_restored",
            subject=comment,
            was={"redaction": redaction.pk},
        )
        redaction.delete()


def note_original_read(*, comment: Comment, by: User) -> None:
    """Note that somebody read what a comment said before it was redacted."""
    with recorded(project=comment.project, by=by) as ledger:
        ledger.record("engagements.original_read", subject=comment, follow_up=False)
