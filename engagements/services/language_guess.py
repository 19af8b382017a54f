"""Guessing the language of what says none, before it is looked at: a guess, and said to be one."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import F

from coproduction.languages.codes import UNKNOWN_LANGUAGE
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project
from engagements.looking.languages import LanguageGuesser
from engagements.models import Comment, Submission

_PIECE = 1_000


def guess_languages(*, project: Project) -> int:
    """Guess the language of each sitting of a project that says none; return of how many.

    Where its words don't tell, it is the project's first. Begun again, it goes on where it stopped.
    See docs/decisions/0093.
    """
    guesser, done = None, 0
    for keys in _pieces(project):
        guesser = guesser or LanguageGuesser(project.languages)
        done += _guess_piece(project, keys, guesser)
    if guesser is not None:
        guesser.forget()
    return done


def _pieces(project: Project) -> Iterator[list[int]]:
    """Return the keys of those sittings, few at a time; a piece that was changed is past."""
    last = 0
    unknown = Submission.objects.of(project).filter(language=UNKNOWN_LANGUAGE).order_by("pk")
    while keys := list(unknown.filter(pk__gt=last).values_list("pk", flat=True)[:_PIECE]):
        yield keys
        last = keys[-1]


def _guess_piece(project: Project, keys: Sequence[int], guesser: LanguageGuesser) -> int:
    """Guess the languages of some sittings outside any transaction; keep them in a short one.

    What somebody said meanwhile stays. Nobody changed these rows, so no version grows.
    """
    texts: dict[int, list[str]] = {}
    rows = Comment.objects.filter(submission__in=keys).order_by("pk")
    for sitting, text in rows.values_list("submission_id", "text"):
        texts.setdefault(sitting, []).append(text)
    by_language: dict[str, list[int]] = {}
    for sitting, own in texts.items():
        language = guesser.guess("\n".join(own)) or project.languages[0]
        by_language.setdefault(language, []).append(sitting)
    with recorded(project=project, by=None) as ledger:
        guessed = 0
        for language, sittings in by_language.items():
            unknown = Submission.objects.filter(pk__in=sittings, language=UNKNOWN_LANGUAGE)
            now = list(unknown.values_list("pk", flat=True))
            same = F("version")
            unknown.update(language=language, language_is_guess=True, version=same)
            comments = Comment.objects.filter(submission__in=now)
            comments.update(language=language, version=same)
            _move_translations(project, list(comments), language)
            guessed += len(now)
        ledger.record("engagements.languages_guessed", subject=project, now={"sittings": guessed})
    return guessed


def _move_translations(project: Project, comments: Iterable[Comment], language: str) -> None:
    """Say of translations into what is their own language by now that they are in another one."""
    other = next((each for each in project.languages if each != language), "")
    had = [each for each in comments if language in each.translation.entries]
    for comment in had:
        entry = comment.translation.entries.pop(language)
        if other:
            comment.translation.entries.setdefault(other, entry)
    Comment.objects.bulk_update(had, ["translation"])
