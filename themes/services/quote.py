"""Choosing and clearing quotes: words of comments whose speakers agreed to be quoted."""

import re
from collections.abc import Iterable, Mapping

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from coproduction.languages.folding import plain_marks
from coproduction.languages.models import Translated
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import ReadAgain, Seen, SentForm
from engagements.models import Comment
from themes.models import Quote, Theme
from themes.queries.codebook import codebook_of, merges_of, theme_after_merges
from themes.queries.quote import last_redaction, visible_quotes

_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\s*")


class NoConsent(Refusal):
    """The speaker did not agree to be quoted, or their comment is withheld."""

    sentence = _("This comment can't be quoted: the person did not agree to it.")


class NotLookedAt(Refusal):
    """Words are looked at for what tells who somebody is before they may be published."""

    sentence = _(
        "This comment can't be quoted yet: it may tell who somebody is. "
        "A co-ordinator has to look at it first."
    )


class NotTheirWords(Refusal):
    """A quote says what was said: nothing added, nothing changed."""

    sentence = _(
        "A quote has to be the person's own words, in their order. "
        "Copy them from the comment, and put … where you leave some out."
    )


class RedactedSince(Refusal):
    """What was taken out of the comment may still stand in the quote."""

    sentence = _(
        "Something was taken out of this comment after the quote was written. "
        "Write the quote and its translation again."
    )


class RedactedMeanwhile(Refusal):
    """The comment was redacted while somebody wrote, so they wrote from the words before."""

    sentence = _(
        "Something was taken out of this comment while you wrote. Nothing was saved. "
        "Read what it says now, and write the quote again."
    )


class TakenOffMeanwhile(ReadAgain):
    """Somebody took the quote back while its form was open: saving would clear it again."""

    sentence = _(
        "Somebody else has changed this quote since you opened the page, and it is not cleared any "
        "more. Nothing is saved yet. If you save now, it is cleared again: ask them first."
    )


class ChosenAlready(Refusal):
    """Somebody chose these words too, and said something else of them."""

    sentence = _(
        "These words are a quote of this theme already, with another description or translation. "
        "Find it on the theme's page, and change that one."
    )


class ThemeGone(Refusal):
    """The theme is another project's, or was merged."""

    sentence = _("Choose a theme of this project that is not merged into another.")


def _plain(text: str) -> str:
    """Return a text to compare words only: whatever their case and marks, but not their accents."""
    return plain_marks(text).casefold()


def are_words_of(extract: str, text: str) -> bool:
    """Say whether an extract is made of whole words of a text, in order; … may leave some out."""
    whole, at = _plain(text), 0
    if not _plain(extract):
        return False
    if re.search(rf"(?<!\w){re.escape(_plain(extract))}(?!\w)", whole):
        return True
    parts = [part for each in _ELLIPSIS.split(extract) if (part := _plain(each))]
    for part in parts:
        found = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)").search(whole, at)
        if found is None:
            return False
        at = found.end()
    return bool(parts)


def _check_words(comment: Comment, extract: str, redaction: int | None = None) -> int:
    """Return the comment's last redaction, as these words of it may be published.

    ``redaction`` is the last one that the writer saw; None trusts that it is this one. Raises
    NoConsent, NotLookedAt, NotTheirWords and RedactedMeanwhile.
    """
    found = Comment.objects.filter(project=comment.project, pk=comment.pk)
    current = check_quotable(found.first())
    last = last_redaction(current)
    if redaction is not None and redaction != last:
        raise RedactedMeanwhile
    if not are_words_of(extract, current.text):
        raise NotTheirWords
    return last


def check_quotable(comment: Comment | None) -> Comment:
    """Return a comment whose words may be published. Raises NoConsent, NotLookedAt."""
    if comment is None or not (comment.is_visible and comment.is_quotable):
        raise NoConsent
    if not comment.is_looked_at:
        raise NotLookedAt
    return comment


def _same_quote(comment: Comment, theme: Theme, extract: str) -> Quote | None:
    """Return the quote of the same words for the same theme, or what was merged into it."""
    family = merges_of(comment.project).family(theme.pk)
    there = Quote.objects.filter(comment=comment, theme__in=family).order_by("pk")
    return next((each for each in there if _plain(each.extract) == _plain(extract)), None)


def _clear_and_save(quote: Quote, *, last: int, ledger: Ledger, by: User) -> None:
    """Clear a quote, written from the comment as its ``last`` redaction left it, and save it."""
    quote.seen_redaction = last
    quote.cleared_at, quote.cleared_by = ledger.at, by
    quote.full_clean()
    quote.save()


def choose_quote(
    *,
    comment: Comment,
    theme: Theme,
    extract: str,
    by: User,
    descriptor: str = "",
    translation: Mapping[str, str] | None = None,
    redaction: int | None = None,
    sending: SentForm | None = None,
) -> Quote:
    """Choose an extract of a comment to stand for a theme, and clear it for publication.

    The same words chosen twice for a theme are one quote. ``redaction`` is the last one of the
    comment that the writer saw. Raises NoConsent, NotTheirWords, RedactedMeanwhile, ThemeGone,
    ChosenAlready and MadeAlready.
    """
    with recorded(project=comment.project, by=by) as ledger:
        if (made := ledger.made_before(sending, Quote)) is not None:
            return made
        last = _check_words(comment, extract, redaction)
        if not Theme.objects.of(comment.project).current().filter(pk=theme.pk).exists():
            raise ThemeGone
        same_words = _same_quote(comment, theme, extract)
        if same_words is not None:
            return _choose_again(same_words, extract, descriptor, translation, last=last, by=by)
        end = Quote.objects.filter(theme=theme).aggregate(last=Max("position"))["last"]
        quote = Quote(
            project=comment.project,
            comment=comment,
            theme=theme,
            position=0 if end is None else end + 1,
            extract=extract.strip(),
            descriptor=descriptor.strip(),
            translation=Translated().changed(translation or {}),
        )
        _clear_and_save(quote, last=last, ledger=ledger, by=by)
        about = {"comment": comment.pk, "theme": theme.uuid}
        ledger.record("themes.quote_chosen", subject=quote, now=about, sending=sending)
    return quote


def _choose_again(
    quote: Quote,
    extract: str,
    descriptor: str,
    translation: Mapping[str, str] | None,
    *,
    last: int,
    by: User,
) -> Quote:
    """Clear a quote of the same words; raise ChosenAlready where something else is said of them.

    One from before the comment's last redaction is written again.
    """
    if quote.seen_redaction != last:
        return change_quote(
            quote=quote, extract=extract, descriptor=descriptor, translation=translation, by=by
        )
    says_else = descriptor.strip() not in {"", quote.descriptor}
    if says_else or quote.translation != quote.translation.changed(translation or {}):
        raise ChosenAlready
    return quote if quote.cleared_at is not None else clear_quote(quote=quote, by=by)


def change_quote(
    *,
    quote: Quote,
    extract: str,
    by: User,
    descriptor: str = "",
    translation: Mapping[str, str] | None = None,
    redaction: int | None = None,
    version: int | None = None,
    seen: Seen | None = None,
) -> Quote:
    """Change the extract, the descriptor or the translation, and clear it again.

    This is the way back for a quote whose comment was redacted: nothing of what it said stays.
    Changing nothing of a cleared quote leaves no trace. ``version`` is the one that the page
    showed: one that was taken back since is not cleared unseen. Raises NoConsent, NotTheirWords,
    RedactedMeanwhile, ChangedMeanwhile and TakenOffMeanwhile.
    """
    with recorded(project=quote.project, by=by) as ledger:
        last = _check_words(ledger.refresh(quote).comment, extract, redaction)
        is_stale = quote.seen_redaction != last
        present = _as_form(quote)
        if is_stale:
            # What it said before may hold what was taken out: none of it is kept or compared.
            quote.translation, seen = Translated(), None
        changed = ledger.change(
            quote,
            seen=seen,
            extract=extract.strip(),
            descriptor=descriptor.strip(),
            translation=translation or {},
        )
        if not changed and not is_stale and quote.cleared_at is not None:
            return quote
        if quote.cleared_at is None and version not in {None, quote.version}:
            raise TakenOffMeanwhile(now=present, yours=_as_form(quote))
        _check_words(quote.comment, quote.extract)
        _clear_and_save(quote, last=last, ledger=ledger, by=by)
        ledger.record("themes.quote_changed", subject=quote, now={"cleared": True})
    return quote


def _as_form(quote: Quote) -> dict[str, object]:
    """Return a quote by the names of its form."""
    return {
        "extract": quote.extract,
        "descriptor": quote.descriptor,
        "translation": quote.translation,
        "version": quote.version,
    }


def clear_quote(*, quote: Quote, by: User, version: int | None = None) -> Quote:
    """Clear a quote for publication, as it is.

    ``version`` is the one that the page showed. Raises NoConsent, NotTheirWords, RedactedSince,
    and ChangedSince where it is not as it was read.
    """
    with recorded(project=quote.project, by=by) as ledger:
        ledger.refresh(quote, version=version)
        found = Quote.objects.filter(pk=quote.pk).filter(Quote.objects.are_stale())
        if found.exists():
            raise RedactedSince
        _check_words(quote.comment, quote.extract)
        quote.cleared_at, quote.cleared_by = ledger.at, by
        quote.save(update_fields=["cleared_at", "cleared_by"])
        ledger.record(
            "themes.quote_cleared", subject=quote, was={"cleared": False}, now={"cleared": True}
        )
    return quote


def take_back_quote(*, quote: Quote, by: User) -> Quote:
    """Take a quote back from publication; it can be cleared again."""
    with recorded(project=quote.project, by=by) as ledger:
        ledger.refresh(quote)
        quote.cleared_at = quote.cleared_by = None
        quote.save(update_fields=["cleared_at", "cleared_by"])
        ledger.record(
            "themes.quote_uncleared", subject=quote, was={"cleared": True}, now={"cleared": False}
        )
    return quote


def shift_quote(*, quote: Quote, steps: int, by: User) -> Quote:
    """Move a quote up (-1) or down (1) among those its theme's page shows; at the end it stays.

    Those that the page leaves out keep their places among the others. Raises NoConsent for one
    of them.
    """
    with recorded(project=quote.project, by=by) as ledger:
        codebook = codebook_of(quote.project)
        top = theme_after_merges(codebook.by_id[quote.theme_id])
        top = top.parent or top
        order = list(
            Quote.objects.filter(theme__in=codebook.everything_under(top)).order_by(
                "position", "pk"
            )
        )
        visible = list(visible_quotes(top, codebook))
        if quote not in visible:
            raise NoConsent
        was = visible.index(quote)
        now = max(0, min(len(visible) - 1, was + steps))
        if now == was:
            return quote
        place = order.index(visible[now])
        order.insert(place, order.pop(order.index(quote)))
        for position, each in enumerate(order):
            each.position = position
        Quote.objects.bulk_update(order, ["position"])
        ledger.record(
            "themes.quote_shifted", subject=quote, was={"position": was}, now={"position": now}
        )
    quote.refresh_from_db(fields=["position"])
    return quote


def erase_quotes(*, project: Project, comments: Iterable[int]) -> None:
    """Delete every quote of some comments, by their keys: their words were erased for good."""
    with recorded(project=project, by=None) as ledger:
        gone = list(Quote.objects.of(project).filter(comment__in=list(comments)))
        for quote in gone:
            ledger.record("themes.quote_removed", subject=quote, follow_up=False)
        Quote.objects.filter(pk__in=[quote.pk for quote in gone]).delete()
