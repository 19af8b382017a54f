"""How many comments of a list each choice beside it would leave: exactly up to 10,000."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, Sum

from coproduction.languages.searching import COUNTED
from coproduction.projects.models import Project
from engagements.models import Comment, CommentCount, CommentQuerySet, Engagement, Withheld
from engagements.queries.comment_selection import ChoiceCount, CommentSelection, Counts
from themes.models import Coding, ThemedComment, WaitingTotal
from themes.queries.counts import count_by_theme

# Which part of a selection each choice is about, and what it is without it.
_OF_SELECTION: Mapping[str, tuple[str, Any]] = {
    "question": ("questions", ()),
    "method": ("method", ""),
    "area": ("area", ""),
    "age": ("age", ""),
    "language": ("language", ""),
    "channel": ("channel", ""),
    "consent": ("consent", ""),
    "by": ("typed_by", None),
    "theme": ("theme", None),
    "coded": ("coded", ""),
}
_CODED = ("theme", "coded")


def count_choices(
    project: Project, selection: CommentSelection, comments: CommentQuerySet
) -> Counts:
    """Count what each choice would leave of some comments, with all else as it is chosen.

    Of more than 10,000 the newest are counted, at the same cost however many there are: there may
    be more then, but where the database keeps the number.
    """
    chosen = [
        name
        for name, (part, without) in _OF_SELECTION.items()
        if getattr(selection, part, without) not in (without, [])
    ]
    counts = _counts_among(
        project, selection, comments, [name for name in _OF_SELECTION if name not in chosen]
    )
    for name in chosen:
        part, without = _OF_SELECTION[name]
        other = replace(selection, **{part: without})
        counts |= _counts_among(project, other, comments, [name])
    return counts


def count_states(selection: CommentSelection, comments: CommentQuerySet) -> Mapping[str, Any]:
    """Count what a list would have of each state that is shown: in use, withdrawn and others."""
    states = (Withheld.NOTHING, Withheld.WITHDRAWN, Withheld.UNDONE, Withheld.ON_HOLD)
    found = {}
    for state in states:
        number = replace(selection, withheld=state).among(comments).count
        found[str(state)] = ChoiceCount(min(number, COUNTED), number > COUNTED)
    return found


def _counts_among(
    project: Project, selection: CommentSelection, comments: CommentQuerySet, names: Sequence[str]
) -> dict[str, Mapping[Any, ChoiceCount]]:
    """Count the values of some choices among the comments of a selection."""
    if not names:
        return {}
    keys = selection.among(comments).keys(COUNTED + 1, newest_first=True)
    is_more, keys = len(keys) > COUNTED, keys[:COUNTED]
    numbers = _by_value(project, keys, names)
    counts: dict[str, Mapping[Any, ChoiceCount]] = {
        name: {value: ChoiceCount(number, is_more) for value, number in found.items()}
        for name, found in numbers.items()
    }
    if is_more and selection.is_everything:
        kept = _kept_counts(project, names)
        counts |= {
            name: {
                value: ChoiceCount(min(number, COUNTED), number > COUNTED)
                for value, number in found.items()
            }
            for name, found in kept.items()
        }
    return counts


def _by_value(project: Project, keys: Sequence[int], names: Sequence[str]) -> dict[str, Any]:
    """Count the values of some choices among comments, by their keys; at most five queries."""
    numbers: dict[str, Counter[Any]] = {name: Counter() for name in names}
    if set(names) - set(_CODED):
        places = _places(project) if {"method", "area"} & set(names) else {}
        rows = Comment.objects.filter(pk__in=keys).values_list(
            *("question_id", "language", "quote_consent", "engagement_id"),
            *("submission__channel", "submission__by_id", "submission__age_band"),
        )
        for *values, number in rows.annotate(number=Count("pk")).order_by():
            _add_up(numbers, values, number, places)
    if "theme" in numbers:
        numbers["theme"].update(_by_theme(keys))
    if "coded" in numbers:
        coded = Coding.objects.filter(comment__in=keys)
        number = coded.aggregate(number=Count("comment", distinct=True))["number"]
        numbers["coded"].update({"yes": number, "no": len(keys) - number})
    return numbers


def _add_up(
    numbers: Mapping[str, Counter[Any]],
    values: Iterable[Any],
    number: int,
    places: Mapping[int, tuple[str, str]],
) -> None:
    """Add how many comments have some values, to the choices that are counted."""
    question, language, consent, engagement, channel, person, age = values
    method, area = places.get(engagement, ("", ""))
    found = {
        "question": question,
        "language": language,
        "consent": "yes" if consent else "no",
        "channel": channel,
        "by": person,
        "age": age,
        "method": method,
        "area": area,
    }
    for name, counter in numbers.items():
        if name in found:
            counter[found[name]] += number


def _places(project: Project) -> dict[int, tuple[str, str]]:
    """Return the method and area of each engagement."""
    rows = Engagement.objects.of(project).values_list("pk", "method", "area")
    return {pk: (method, area) for pk, method, area in rows}


def _by_theme(keys: Sequence[int]) -> Counter[int]:
    """Count the comments of each theme and code; one may be of several."""
    codes = Coding.objects.filter(comment__in=keys).values_list("theme")
    themes = ThemedComment.objects.filter(comment__in=keys).values_list("theme")
    found: Counter[int] = Counter()
    for rows in (codes, themes):
        found.update(dict(rows.annotate(number=Count("comment")).order_by()))
    return found


def _kept_counts(project: Project, names: Sequence[str]) -> dict[str, Any]:
    """Return what the database keeps counted of a whole project: exactly, however many."""
    kept: dict[str, Any] = {}
    if {"question", "method", "area"} & set(names):
        places = _places(project)
        rows = CommentCount.objects.of(project).values_list("question", "engagement")
        adding: dict[str, Counter[Any]] = {
            name: Counter() for name in ("question", "method", "area") if name in names
        }
        for question, engagement, number in rows.annotate(number=Sum("visible")).order_by():
            values = (question, "", False, engagement, "", None, "")
            _add_up(adding, values, number, places)
        kept |= adding
    if "theme" in names:
        counted = count_by_theme(project)
        kept["theme"] = {theme: each.total for theme, each in counted.items()}
    if "coded" in names:
        comments = CommentCount.objects.of(project).aggregate(number=Sum("visible"))["number"] or 0
        waiting = WaitingTotal.objects.of(project).aggregate(number=Sum("comments"))["number"] or 0
        kept["coded"] = {"yes": comments - waiting, "no": waiting}
    return kept
