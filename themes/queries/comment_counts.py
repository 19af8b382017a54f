"""How many comments of a list each choice beside it would leave: exactly up to 10,000."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Sum

from coproduction.languages.searching import COUNTED
from coproduction.projects.models import Project
from engagements.models import Comment, CommentCount, CommentQuerySet, Engagement
from engagements.queries.comment_selection import ChoiceCount, CommentSelection, Counts
from themes.models import Coding, ThemedComment, WaitingTotal
from themes.queries.counts import count_by_theme

# Which part of a selection each choice is about, and what it is without it.
_PARTS: Mapping[str, tuple[str, Any]] = {
    "question": ("questions", ()),
    "method": ("method", ""),
    "area": ("area", ""),
    "age": ("age", ""),
    "home": ("home", ""),
    "language": ("language", ""),
    "channel": ("channel", ""),
    "consent": ("consent", ""),
    "by": ("typed_by", None),
    "theme": ("theme", None),
    "coded": ("coded", ""),
}
# A comment may have several themes: those are not counted with the others.
_CODED = ("theme", "coded")
# By the choice, the value that a comment has of it.
Values = dict[str, Any]


def count_choices(
    project: Project, selection: CommentSelection, comments: CommentQuerySet
) -> Counts:
    """Count what each choice would leave of some comments, with all else as it is chosen.

    Of more than 10,000 the newest are counted, at the same cost however many there are: there may
    be more then, but where the database keeps the number.
    """
    chosen = _chosen(selection)
    some = _Some(project, selection, comments)
    kept = _kept_counts(project) if some.is_more and selection.is_everything else {}
    names = [name for name in _PARTS if name not in chosen and name not in kept]
    counts = {
        name: _with_limit(numbers, some.is_more) for name, numbers in some.numbers(names).items()
    }
    for name, numbers in kept.items():
        counts[name] = {
            value: ChoiceCount(min(number, COUNTED), number > COUNTED)
            for value, number in numbers.items()
        }
    return counts | _counts_of_chosen(project, selection, comments, chosen)


def count_states(
    project: Project, selection: CommentSelection, comments: CommentQuerySet
) -> Mapping[str, ChoiceCount]:
    """Count what the list would have of each state: in use, withdrawn and others. Few queries."""
    in_use = replace(selection, withheld="").among(project, comments).count
    found = {"": ChoiceCount(min(in_use, COUNTED), in_use > COUNTED)}
    for state, number in selection.count_withheld(comments).items():
        found[state] = ChoiceCount(min(number, COUNTED), number > COUNTED)
    return found


def _chosen(selection: CommentSelection) -> Values:
    """Return what was chosen, by the choice, as comments have it."""
    found = {name: getattr(selection, part, None) for name, (part, _without) in _PARTS.items()}
    if found["question"]:
        found["question"] = found["question"][0]
    return {name: value for name, value in found.items() if value}


def _without(selection: CommentSelection, names: Iterable[str]) -> CommentSelection:
    """Return a selection without some choices."""
    return replace(selection, **dict(_PARTS[name] for name in names))


def _counts_of_chosen(
    project: Project, selection: CommentSelection, comments: CommentQuerySet, chosen: Values
) -> dict[str, Mapping[Any, ChoiceCount]]:
    """Count the other values of what was chosen: what each would leave in its place."""
    counts = {}
    plain = {name: value for name, value in chosen.items() if name not in _CODED}
    if plain:
        # One set without any of them, of which each leaves out what the others do.
        some = _Some(project, _without(selection, plain), comments)
        numbers: dict[str, Counter[Any]] = {name: Counter() for name in plain}
        for values, number in some.groups():
            odd = [name for name, value in plain.items() if values[name] != value]
            for name in plain:
                if odd in ([], [name]):
                    numbers[name][values[name]] += number
        counts = {name: _with_limit(found, some.is_more) for name, found in numbers.items()}
    for name in _CODED:
        if name in chosen:
            some = _Some(project, _without(selection, [name]), comments)
            counts[name] = _with_limit(some.numbers([name])[name], some.is_more)
    return counts


def _with_limit(numbers: Mapping[Any, int], is_more: bool) -> Mapping[Any, ChoiceCount]:
    """Return numbers as they are told."""
    return {value: ChoiceCount(number, is_more) for value, number in numbers.items()}


class _Some:
    """The comments of a selection, or the newest 10,000 of them, and what they have of choices."""

    def __init__(
        self, project: Project, selection: CommentSelection, comments: CommentQuerySet
    ) -> None:
        """Find them."""
        self.project = project
        found = selection.among(project, comments)
        keys = found.keys(COUNTED + 1, newest_first=True)
        self.is_more, keys = len(keys) > COUNTED, keys[:COUNTED]
        # Where nearly all keys are among them, they are named by the last: that is shorter to say.
        is_dense = bool(keys) and keys[0] - keys[-1] < 2 * len(keys)
        if is_dense and not selection.words:
            self.rows: Any = found.among.filter(pk__gte=keys[-1])
        else:
            self.rows = Comment.objects.filter(pk__in=keys)
        self.number = len(keys)

    def groups(self) -> Iterator[tuple[Values, int]]:
        """Give how many of them have the same values. Two queries."""
        places = _places(self.project)
        rows = self.rows.values_list(
            *("question_id", "language", "quote_consent", "engagement_id"),
            *("submission__channel", "submission__by_id", "submission__age_band"),
            "submission__area",
        )
        counted = rows.annotate(number=Count("pk")).order_by()
        for question, language, consent, engagement, channel, person, *told, number in counted:
            age, home = told
            method, area = places.get(engagement, ("", ""))
            yield (
                {
                    "question": question,
                    "language": language,
                    "consent": "yes" if consent else "no",
                    "channel": channel,
                    "by": person,
                    "age": age,
                    "home": home,
                    "method": method,
                    "area": area,
                },
                number,
            )

    def numbers(self, names: Iterable[str]) -> dict[str, Counter[Any]]:
        """Count the values of some choices among them; at most five queries."""
        numbers: dict[str, Counter[Any]] = {name: Counter() for name in names}
        plain = [name for name in numbers if name not in _CODED]
        if plain:
            for values, number in self.groups():
                for name in plain:
                    numbers[name][values[name]] += number
        keys = self.rows.values("pk")
        if "theme" in numbers:
            for model in (Coding, ThemedComment):
                listed = model._default_manager.filter(comment__in=keys).values_list("theme")
                numbers["theme"].update(dict(listed.annotate(number=Count("comment")).order_by()))
        if "coded" in numbers:
            coded = Coding.objects.filter(comment__in=keys)
            number = coded.aggregate(number=Count("comment", distinct=True))["number"]
            numbers["coded"].update({"yes": number, "no": self.number - number})
        return numbers


def _places(project: Project) -> dict[int, tuple[str, str]]:
    """Return the method and area of each engagement."""
    rows = Engagement.objects.of(project).order_by().values_list("pk", "method", "area")
    return {pk: (method, area) for pk, method, area in rows}


def _kept_counts(project: Project) -> dict[str, Mapping[Any, int]]:
    """Return what the database keeps counted of a whole project: exactly, however many."""
    kept: dict[str, Counter[Any]] = {name: Counter() for name in ("question", "method", "area")}
    places = _places(project)
    rows = CommentCount.objects.of(project).values_list("question", "engagement")
    for question, engagement, number in rows.annotate(number=Sum("visible")).order_by():
        method, area = places.get(engagement, ("", ""))
        for name, value in (("question", question), ("method", method), ("area", area)):
            kept[name][value] += number
    comments = sum(kept["question"].values())
    waiting = WaitingTotal.objects.of(project).aggregate(number=Sum("comments"))["number"] or 0
    themes = {theme: each.total for theme, each in count_by_theme(project).items()}
    return {**kept, "theme": themes, "coded": {"yes": comments - waiting, "no": waiting}}
