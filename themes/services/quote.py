"""Choosing and clearing quotes: words of comments whose speakers agreed to be quoted."""

import re
from collections.abc import Mapping, Sequence

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.projects.audit import recorded
from coproduction.projects.models import User
from coproduction.projects.refusals import Refusal
from engagements.models import Comment
from themes.models import Quote, Theme

_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\s*")
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


class NoConsent(Refusal):
    """The speaker did not agree to be quoted, or their comment is shown no more."""

    sentence = _("This comment can't be quoted: the person did not agree to it.")


class NotTheirWords(Refusal):
    """A quote says what was said: nothing added, nothing changed."""

    sentence = _(
        "A quote has to be the person's own words, in their order. "
        "Copy them from the comment, and put … where you leave some out."
    )


class ThemeGone(Refusal):
    """The theme is another project's, or was merged."""

    sentence = _("Choose a theme of this project that is not merged into another.")


def _plain(text: str) -> str:
    """Return a text with its spaces and quotation marks made alike, to compare words only."""
    return " ".join(text.translate(_SAME).casefold().split())


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


def _check(comment: Comment, extract: str) -> None:
    """Raise NoConsent or NotTheirWords unless these words of a comment may be published."""
    found = Comment.objects.filter(project=comment.project).publishable().filter(pk=comment.pk)
    current = found.first()
    if current is None:
        raise NoConsent
    if not are_words_of(extract, current.text):
        raise NotTheirWords


def choose_quote(
    *,
    comment: Comment,
    theme: Theme,
    extract: str,
    by: User,
    descriptor: str = "",
    translation: Mapping[str, str] | None = None,
) -> Quote:
    """Choose an extract of a comment to stand for a theme, and clear it for publication.

    Raises NoConsent, NotTheirWords and ThemeGone.
    """
    with recorded(project=comment.project, by=by) as ledger:
        _check(comment, extract)
        if not Theme.objects.of(comment.project).current().filter(pk=theme.pk).exists():
            raise ThemeGone
        last = Quote.objects.filter(theme=theme).aggregate(last=Max("position"))["last"]
        quote = Quote(
            project=comment.project,
            comment=comment,
            theme=theme,
            extract=extract.strip(),
            descriptor=descriptor.strip(),
            translation=Translated().changed(translation or {}),
            position=0 if last is None else last + 1,
            cleared_at=timezone.now(),
            cleared_by=by,
        )
        quote.full_clean()
        quote.save()
        ledger.record(
            "themes.quote_chosen",
            subject=quote,
            now={"comment": comment.pk, "theme": theme.uuid},
        )
    return quote


def change_quote(
    *,
    quote: Quote,
    extract: str,
    by: User,
    descriptor: str = "",
    translation: Mapping[str, str] | None = None,
) -> Quote:
    """Change the extract, the descriptor or the translation beside it, and clear it again.

    Raises NoConsent and NotTheirWords.
    """
    with recorded(project=quote.project, by=by) as ledger:
        _check(quote.comment, extract)
        quote.extract, quote.descriptor = extract.strip(), descriptor.strip()
        quote.translation = quote.translation.changed(translation or {})
        quote.cleared_at, quote.cleared_by = timezone.now(), by
        quote.full_clean()
        quote.save()
        ledger.record("themes.quote_changed", subject=quote, now={"cleared": True})
    return quote


def clear_quote(*, quote: Quote, by: User) -> Quote:
    """Clear a quote for publication. Raises NoConsent and NotTheirWords."""
    with recorded(project=quote.project, by=by) as ledger:
        _check(quote.comment, quote.extract)
        quote.cleared_at, quote.cleared_by = timezone.now(), by
        quote.save(update_fields=["cleared_at", "cleared_by"])
        ledger.record(
            "themes.quote_cleared", subject=quote, was={"cleared": False}, now={"cleared": True}
        )
    return quote


def unclear_quote(*, quote: Quote, by: User) -> Quote:
    """Take a quote back from publication; it can be cleared again."""
    with recorded(project=quote.project, by=by) as ledger:
        quote.cleared_at = quote.cleared_by = None
        quote.save(update_fields=["cleared_at", "cleared_by"])
        ledger.record(
            "themes.quote_uncleared", subject=quote, was={"cleared": True}, now={"cleared": False}
        )
    return quote


def reorder_quotes(*, theme: Theme, quotes: Sequence[Quote], by: User) -> None:
    """Put a theme's quotes in this order; any not named follow in the order they had."""
    with recorded(project=theme.project, by=by) as ledger:
        present = list(Quote.objects.filter(theme=theme))
        named = [quote for quote in quotes if quote in present]
        order = named + [quote for quote in present if quote not in named]
        for position, quote in enumerate(order):
            quote.position = position
        Quote.objects.bulk_update(order, ["position"])
        ledger.record(
            "themes.quotes_reordered", subject=theme, now={"order": [each.pk for each in order]}
        )
