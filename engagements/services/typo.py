"""Putting a typo right: the words change, what they were is kept, and nothing is taken out."""

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import ChangedMeanwhile, Seen
from engagements.models import Comment, Redaction
from engagements.services.look import look_at
from engagements.services.submission import clean_comment_text, make_translations
from engagements.services.withholding import WordsErased, join_redactions, make_redaction


class NothingPutRight(Refusal):
    """Putting a typo right changes the words."""

    sentence = _("The words are the same as before. Put right what is wrong, then save.")


def put_typo_right(*, comment: Comment, text: str, by: User, seen: Seen | None = None) -> Redaction:
    """Put right what was typed or heard wrongly; return the row that keeps what was there.

    Quotes of it are to be looked at again. Translations stay: they say what was meant. What
    somebody else took out since the form was drawn never comes back by it. Raises NothingPutRight,
    WordsErased, ChangedMeanwhile, and NothingSaid, TooLong or UnreadableCharacter for new words.
    """
    with recorded(project=comment.project, by=by) as ledger:
        if ledger.refresh(comment).is_erased:
            raise WordsErased
        now = {"text": comment.text}
        try:
            merged = ledger.merged(comment, seen=seen, now=now, text=clean_comment_text(text))
        except ChangedMeanwhile as refusal:
            join_redactions(comment, seen, refusal)
            raise
        if merged["text"] == comment.text:
            raise NothingPutRight
        kept = make_redaction(comment, by)
        kept.is_typo = True
        kept.save()
        beside = {name: comment.translation.text(name) for name in comment.translation.entries}
        comment.text = merged["text"]
        comment.translation = make_translations(comment.text, comment.language, beside)
        comment.save(update_fields=Comment.WORDS)
        look_at([comment], ledger=ledger)
        ledger.record("engagements.typo_put_right", subject=comment, now={"redaction": kept.pk})
    return kept
