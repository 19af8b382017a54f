"""What every form about a record has: what it was drawn from, or which sending of it this is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.models import ModelMultipleChoiceField
from django.http import QueryDict

from coproduction.languages.forms import TypedTextField
from coproduction.languages.models import Translated
from coproduction.projects.seen import ChangedMeanwhile, Clash, Seen, SentForm, Ticked

_SETS = (forms.MultipleChoiceField, ModelMultipleChoiceField)
# The fields that say of a form what it is, and nothing of the record.
_OF_THE_FORM = {"seen", "sending"}


class _SeenField(TypedTextField):
    """The fingerprints of what a form was drawn from. What can't be read was not sent by us."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        """Never ask for it: a command, or a page from before, has none."""
        super().__init__(required=False)

    def clean(self, value: Any) -> Seen | None:
        """Return what was read; None where nothing was sent."""
        try:
            return Seen.read(value) if value else None
        except ValueError:
            # Nothing is known of what they saw, so whatever differs is for them to look at.
            return Seen({})


@dataclass(frozen=True)
class Keeping:
    """A box to tick by which what somebody else made of some fields stays."""

    names: str
    label: str
    is_ticked: bool


class CarryingForm(forms.Form):
    """A form that says in a hidden field what its page showed, such as a version or a number."""

    def carry(self, name: str, value: Any) -> None:
        """Say so of what the page shows from here on, whatever the form was sent with."""
        self.initial[name] = value
        if self.is_bound:
            sent = QueryDict(mutable=True)
            sent.update(self.data)
            sent.setlist(self.add_prefix(name), [str(value)])
            self.data = sent


class ChangingForm(CarryingForm):
    """A form that changes a record: two people who have it open lose nothing of each other's.

    It carries what it was drawn from, from ``initial``, whose names are those of the fields. Its
    ``cleaned_data["seen"]`` goes to the service. When the service raises ChangedMeanwhile, the page
    shows ``clashes`` and the form again, which then goes on from what is there now.
    """

    seen = _SeenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin without a clash."""
        super().__init__(*args, **kwargs)
        self.clashes: list[Clash] = []
        self._labels: dict[str, str] = {}
        self._drawn_from: Mapping[str, Any] | None = None

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """Fill in what the form is drawn from."""
        if field_name != "seen":
            return super().get_initial_for_field(field, field_name)
        return Seen.of(self._drawn_from or self.drawn_values()).as_text()

    def drawn_values(self) -> dict[str, Any]:
        """Return the values that the boxes are filled from, by name."""
        return {
            name: _as_ticked(field, self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name not in _OF_THE_FORM
        }

    def clean(self) -> dict[str, Any]:
        """Note the fields of which the person chose what somebody else made of them."""
        fields = super().clean() or self.cleaned_data
        for name in fields.keys() & self.fields.keys():
            fields[name] = _as_ticked(self.fields[name], fields[name])
        # Before the template marks some as optional.
        self._labels = {name: str(field.label or "") for name, field in self.fields.items()}
        seen, theirs = fields.get("seen"), self._chosen_theirs()
        if seen is not None and theirs:
            fields["seen"] = Seen(seen.prints, theirs)
        return fields

    @property
    def one_hand(self) -> Clash | None:
        """A clash that stands for all, where one person changed all that both changed."""
        hands = {(clash.who, clash.is_own) for clash in self.clashes}
        return self.clashes[0] if len(hands) == 1 else None

    def _chosen_theirs(self) -> frozenset[str]:
        """Read the boxes beside a clash that say to keep the other person's."""
        return frozenset(" ".join(self._ticked()).split()) & set(self.fields)

    def _ticked(self) -> list[str]:
        """Return what was ticked: each the names of the fields it is about."""
        sent = self.data
        return sent.getlist("theirs") if hasattr(sent, "getlist") else sent.get("theirs", [])

    @property
    def keepings(self) -> list[Keeping]:
        """The boxes that say to keep the other person's.

        Those of a clash; drawn again because something else was typed wrongly, those ticked.
        """
        asked = [" ".join(clash.keeps or (clash.name,)) for clash in self.clashes]
        ticked = [] if asked else self._ticked()
        found = []
        for names in dict.fromkeys([*asked, *ticked]):
            labels = [self._labels[n] for n in names.split() if n in self._labels]
            if labels:
                found.append(Keeping(names, ", ".join(labels), is_ticked=names in ticked))
        return found

    def show_clash(self, refusal: ChangedMeanwhile) -> None:
        """Draw the form again from what is there now, with this person's own changes in it.

        Its errors stay; sent again, it is saved over what they have now seen. What the service was
        not asked to merge is drawn as it was typed.
        """
        self.clashes = [self._in_words(clash) for clash in refusal.clashes]
        now = {**self.initial, **refusal.now}
        own = [name for name in self.fields if name not in _OF_THE_FORM]
        typed = {name: self[name].value() for name in own if name not in refusal.yours}
        self._drawn_from = {name: now.get(name) for name in own}
        yours = {name: _as_box(now.get(name), value) for name, value in refusal.yours.items()}
        self.initial = {**now, **typed, **yours}
        # Drawn from initial, not from what was sent; ``errors`` has been worked out already.
        self.is_bound = False
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]

    def _in_words(self, clash: Clash) -> Clash:
        """Name the field as the page does, and a choice by its label."""
        field = self.fields.get(clash.name)
        if field is None:
            return clash
        labels = {str(key): str(label) for key, label in getattr(field, "choices", [])}
        if not isinstance(field, forms.ChoiceField) or isinstance(field, _SETS):
            labels = {}
        return replace(
            clash,
            label=str(field.label or ""),
            theirs=labels.get(clash.theirs, clash.theirs),
            yours=labels.get(clash.yours, clash.yours),
        )


def _as_ticked(field: forms.Field, value: Any) -> Any:
    """Return what was ticked in a list of words as just that; a list of words is else a text."""
    return Ticked(value) if isinstance(field, _SETS) and isinstance(value, list) else value


def _as_box(now: Any, yours: Any) -> Any:
    """Return a value to fill its boxes from."""
    if isinstance(yours, Mapping):
        return (now if isinstance(now, Translated) else Translated()).changed(yours)
    if isinstance(yours, Ticked):
        return yours
    if isinstance(yours, list) and all(isinstance(each, str) for each in yours):
        return "\n".join(yours)
    return yours


class CreatingForm(CarryingForm):
    """A form that makes a record: sent twice, or gone back to and sent again, it makes one.

    Its ``cleaned_data["sending"]`` goes to the service, which asks ``Ledger.made_before``.
    """

    sending = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """Name each page that is drawn."""
        if field_name == "sending":
            return uuid4()
        return super().get_initial_for_field(field, field_name)

    def clean(self) -> dict[str, Any]:
        """Name the sending by its page and by all that it says."""
        fields = super().clean() or self.cleaned_data
        page: UUID | None = fields.get("sending")
        said = {name: value for name, value in fields.items() if name not in _OF_THE_FORM}
        fields["sending"] = SentForm.of(page, said) if page else None
        return fields

    def begin_another(self) -> None:
        """Let the same form, sent again, make another record."""
        self.carry("sending", uuid4())
