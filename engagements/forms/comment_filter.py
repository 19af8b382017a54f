"""The form that narrows a list of comments: what a list, a change to many and a file go by."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import translated_name
from coproduction.languages.formats import write_date
from coproduction.languages.forms import SearchField, TypedTextField
from coproduction.languages.sorting import by_name
from coproduction.projects.models import Membership, Project
from coproduction.ui.forms import RecordField, choice_field, date_field
from coproduction.ui.numbers import format_number
from engagements.forms.engagement_names import EngagementsByNameField
from engagements.models import ImportBatch, Method, Question, Submission, Withheld
from engagements.queries.comment_selection import (
    ChoiceCount,
    CommentSelection,
    Counts,
    ages_of,
    areas_of,
    homes_of,
    languages_of,
    sitting_with_code,
)

Choices = Iterable[tuple[str, Any]]
OLDEST = "oldest"
_LONGEST_CHOICE = 100


@dataclass(frozen=True)
class Narrowed:
    """One thing by which a list is narrowed now: the field, what it is called, and its value."""

    name: str
    label: str
    value: str


class _OneOfMany(TypedTextField):
    """One of a list that has to be looked up to be shown: until it is, it has only what was chosen.

    Any text is taken: what is not there is found nowhere.
    """

    def __init__(self, label: Any, empty: Any) -> None:
        """Begin with nothing to choose from."""
        box = forms.Select(attrs={"class": "field"})
        super().__init__(label=label, required=False, max_length=_LONGEST_CHOICE, widget=box)
        self.empty = empty
        self.choices: list[tuple[str, Any]] = []

    def offer(self, choices: Choices) -> None:
        """Show what there is to choose from."""
        self.choices = [("", self.empty), *choices]
        self.widget.choices = self.choices


def _one_of(label: Any, choices: Choices, empty: Any) -> forms.ChoiceField:
    """Return a field for one of some choices, or none."""
    return choice_field(
        label,
        [("", empty), *choices],
        _("Choose from the list."),
        required=False,
        widget=forms.Select(attrs={"class": "field"}),
    )


class CommentFilterForm(forms.Form):
    """Which comments to show, and in which order. What can't be understood narrows nothing.

    Everything that lists, changes or takes out comments asks ``selection`` which are meant.
    """

    # Boxes, as a page shows them; a later stage has more of them.
    in_this_order: ClassVar[tuple[str, ...]] = (
        *("q", "sort", "withheld", "question", "theme", "coded", "engagement", "method", "area"),
        *("since", "until", "age", "home", "language", "consent", "channel", "by", "batch"),
    )
    selection_class: ClassVar[type[CommentSelection]] = CommentSelection

    q = SearchField()

    def __init__(self, *args: Any, project: Project, may_withhold: bool, **kwargs: Any) -> None:
        """Offer what the project has to choose from; ask for an engagement by its name.

        What is withdrawn is for those who may see it. What has to be looked up to be offered is
        offered by ``look_up``.
        """
        super().__init__(*args, **kwargs)
        self.project, self.may_withhold = project, may_withhold
        self.fields["q"].help_text = _("Such as: “bus stop”, bus OR train, park -dogs.")
        self._ask_of_comments()
        self._ask_of_engagements()
        self._ask_of_people()
        if may_withhold:
            self.fields["q"].label = _("Words, or somebody's code")
            self.fields["withheld"] = _one_of(
                _("Show"),
                [
                    (Withheld.WITHDRAWN, _("Withdrawn comments")),
                    (Withheld.UNDONE, _("Undone comments")),
                    (Withheld.ON_HOLD, _("Comments on hold")),
                ],
                _("Comments in use"),
            )
        self.fields["sort"] = _one_of(
            _("Order"), [(OLDEST, _("The oldest first"))], _("The newest first")
        )
        self.order_fields(self.in_this_order)

    def _ask_of_comments(self) -> None:
        """Ask what a comment is about, its language, whether it may be quoted."""
        self.fields["question"] = RecordField(
            queryset=Question.objects.of(self.project),
            label=_("About"),
            required=False,
            empty_label=_("Everything"),
            widget=forms.Select(attrs={"class": "field"}),
        )
        self.fields["language"] = _OneOfMany(_("Said in"), _("Any language"))
        self.fields["consent"] = _one_of(
            _("May be quoted"), [("yes", _("Yes")), ("no", _("No"))], _("Either")
        )

    def _ask_of_engagements(self) -> None:
        """Ask where and when a comment was said."""
        self.fields["engagement"] = EngagementsByNameField(self.project)
        self.fields["method"] = _one_of(_("Method"), Method.choices, _("Any method"))
        self.fields["area"] = _OneOfMany(_("Area"), _("Any area"))
        self.fields["since"] = date_field(_("From"), required=False)
        self.fields["until"] = date_field(_("To"), required=False)
        for name in ("since", "until"):
            self.fields[name].widget.attrs["class"] = "field"

    def _ask_of_people(self) -> None:
        """Ask who said a comment, and how it came in."""
        self.fields["age"] = _OneOfMany(_("Age"), _("Any age"))
        self.fields["home"] = _OneOfMany(_("Where they are from"), _("Anywhere"))
        self.fields["channel"] = _one_of(
            _("How it came in"), Submission.Channel.choices, _("Any way")
        )
        self.fields["by"] = _OneOfMany(_("Who brought it in"), _("Anybody"))
        # Of all imports that there were, only that is offered from which somebody comes here.
        self.fields["batch"] = RecordField(
            queryset=ImportBatch.objects.of(self.project),
            label=_("Import"),
            required=False,
            empty_label=_("Any"),
            widget=forms.Select(attrs={"class": "field"}),
        )

    def look_up(self) -> None:
        """Offer what has to be looked up: languages, areas, ages and the people of the team."""
        codes = dict.fromkeys([*self.project.languages, *languages_of(self.project)])
        people = [(uuid, each.name_shown) for uuid, each in self._members.items()]
        offered = {
            "language": [(code, translated_name(code)) for code in codes],
            "area": [(area, area) for area in by_name(areas_of(self.project))],
            "age": [(age, age) for age in by_name(ages_of(self.project))],
            "home": [(home, home) for home in by_name(homes_of(self.project))],
            "by": by_name(people, lambda each: each[1]),
        }
        for name, choices in offered.items():
            cast(_OneOfMany, self.fields[name]).offer(choices)

    def _offer_what_was_chosen(self) -> None:
        """Let the lists that were not looked up keep what the address says."""
        for name, field in self.fields.items():
            if isinstance(field, _OneOfMany) and (value := self.cleaned_data.get(name)):
                field.offer([(value, self._shown(name, field, value))])

    def full_clean(self) -> None:
        """Look at what was sent, and show it."""
        super().full_clean()
        if self.is_bound:
            self._offer_what_was_chosen()

    @cached_property
    def _members(self) -> dict[str, Membership]:
        """Those who are on the team, each by the first of their memberships."""
        found: dict[int, Membership] = {}
        for each in self.project.memberships.select_related("user").order_by("pk"):
            found.setdefault(each.user_id, each)
        return {str(each.uuid): each for each in found.values()}

    @cached_property
    def selection(self) -> CommentSelection:
        """Which comments are meant, once it was looked at; what is wrong in it narrows nothing."""
        words = self.cleaned_data.get("q", "")
        sitting = sitting_with_code(self.project, words) if self.may_withhold else None
        if sitting is not None:
            return self.selection_class(submission=sitting.pk)
        return self.selection_class(words=words, **self._chosen())

    def _chosen(self) -> dict[str, Any]:
        """Return what the selection is told, but for the words; a later stage adds its own."""
        sent = self.cleaned_data
        question, since, until = sent.get("question"), sent.get("since"), sent.get("until")
        member = self._members.get(sent["by"]) if sent.get("by") else None
        return {
            "questions": [question.pk] if question else [],
            "engagements": [each.pk for each in sent.get("engagement") or []],
            "method": sent.get("method", ""),
            "area": sent.get("area", ""),
            "since": since.isoformat() if since else "",
            "until": until.isoformat() if until else "",
            "language": sent.get("language", ""),
            "consent": sent.get("consent", ""),
            "channel": sent.get("channel", ""),
            # Somebody who is not on the team brought nothing in that is found by their name.
            "typed_by": member.user_id if member else (-1 if sent.get("by") else None),
            "age": sent.get("age", ""),
            "home": sent.get("home", ""),
            "batch": sent["batch"].pk if sent.get("batch") else None,
            "withheld": sent.get("withheld", ""),
        }

    @property
    def choices(self) -> list[forms.BoundField]:
        """What a list can be narrowed by beside the words, but for lists with nothing to choose."""
        batch = self.cleaned_data.get("batch")
        self.fields["batch"].widget.choices = [("", _("Any"))]
        if batch:
            self.fields["batch"].widget.choices += [(batch.uuid, batch.file_name)]
        return [
            self[name]
            for name, field in self.fields.items()
            if name != "q"
            and (name != "batch" or batch)
            and (not isinstance(field, _OneOfMany) or field.choices or name in self.errors)
        ]

    def show_counts(self, counts: Counts) -> None:
        """Say beside each choice how many comments it would leave."""
        for name, numbers in counts.items():
            field: Any = self.fields[name]
            # Of what was not among those that were counted, nothing is known where there are more.
            is_more = any(each.or_more for each in numbers.values())
            none = None if is_more else ChoiceCount(0)
            field.widget.choices = [
                (value, _with_count(label, numbers.get(self._counted_as(name, value), none)))
                if value or name == "withheld"
                else (value, label)
                for value, label in field.choices
            ]

    def _counted_as(self, name: str, value: Any) -> Any:
        """Return by what a value of a choice is counted."""
        if name == "by":
            return self._members[value].user_id
        return value.instance.pk if hasattr(value, "instance") else value

    @property
    def oldest_first(self) -> bool:
        """Whether the list begins with the oldest."""
        return self.cleaned_data.get("sort") == OLDEST

    @property
    def narrowed_by(self) -> list[Narrowed]:
        """What the list is narrowed by, in the order of the form; its order narrows nothing."""
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value and name not in self._not_narrowing:
                found.append(Narrowed(name, str(field.label), self._shown(name, field, value)))
        return found

    @property
    def filters_to_keep(self) -> dict[str, str]:
        """What a saved view keeps, as an address says it: all but the words searched for."""
        return {
            name: str(self.data.get(name))
            for name in self.fields
            if name != "q" and self.cleaned_data.get(name)
        }

    _not_narrowing: ClassVar[frozenset[str]] = frozenset({"sort"})

    def _shown(self, name: str, field: forms.Field, value: Any) -> str:
        """Return a value as a person reads it."""
        if name in {"since", "until"}:
            return write_date(value)
        if name == "engagement":
            return value[0].label if len(value) == 1 else str(self.data.get(name))
        if name in {"batch", "language"}:
            return str(value.file_name) if name == "batch" else translated_name(value)
        if name == "by":
            member = self._members.get(value)
            return member.name_shown if member else value
        if isinstance(field, forms.ChoiceField) and not isinstance(field, RecordField):
            return str(dict(cast(Any, field.choices)).get(value, value))
        return str(value)


def _with_count(label: Any, count: ChoiceCount | None) -> str:
    """Write a choice with its number."""
    if count is None:
        return str(label)
    number = format_number(count.number)
    shown = _("%(number)s or more") % {"number": number} if count.or_more else number
    return f"{label} ({shown})"
