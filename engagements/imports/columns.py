"""What the columns of a file mean: which holds words, which the question, who spoke and so on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from coproduction.fingerprints import fingerprint
from coproduction.languages.typed_text import clean_typed
from engagements.imports.refused_rows import own_headings
from engagements.models.import_refusal import RefusalReason

# What a column may be beside words, as the command calls it.
FIELDS = (
    *("question", "engagement", "date", "place", "method", "area", "age", "who", "quote"),
    *("language", "translation", "id", "theme", "code", "people", "helpers", "hours", "costs"),
    *("weight", "engagement_area"),
)
# What some were called before.
FORMER = {"descriptor": "who", "consent": "quote"}
# What an engagement was like, and how much it took.
FIGURES = ("people", "helpers", "hours", "costs")
# What says something of the engagement that a row names, and nothing without its name.
OF_ENGAGEMENT = ("date", "place", "method", "engagement_area", *FIGURES)
# What a cell may mean, beside a kind of question and a method.
YES, NO, LEAVE_OUT, WHOLE = "yes", "no", "leave-out", "whole"
# The year of the days in a column that say none: among what its cells mean, under a name that no
# cell can have.
YEAR = "#year"

# What a row is refused for, by what its column is, one of FIELDS.
_ABOUT: Mapping[str, str] = {
    RefusalReason.QUESTION: "question",
    RefusalReason.DESCRIPTOR: "who",
    RefusalReason.LANGUAGE: "language",
    RefusalReason.AGE: "age",
    RefusalReason.AREA: "area",
    RefusalReason.ID_TOO_LONG: "id",
    RefusalReason.ID_TAKEN: "id",
    RefusalReason.NO_ENGAGEMENT: "engagement",
    RefusalReason.ENGAGEMENT_TOO_LONG: "engagement",
    RefusalReason.SEVERAL_ENGAGEMENTS: "engagement",
    RefusalReason.ENGAGEMENT_CANCELLED: "engagement",
    RefusalReason.DATE: "date",
    RefusalReason.TRANSLATION: "translation",
    RefusalReason.TRANSLATION_LANGUAGE: "translation",
    RefusalReason.LABEL: "code",
    RefusalReason.WEIGHT: "weight",
}


@dataclass(frozen=True)
class Columns:
    """What a file's columns are, and what is to become of their cells.

    ``texts`` are (column, kind of question); an empty kind means the row's question column says,
    or else the question chosen for the whole file. ``fields`` are columns by what they are, one of
    FIELDS; ``values`` what cells mean, by column and by the cell as ``fold`` writes it; ``splits``
    what may stand between several points in a cell, by column; ``only`` the cells, folded, of which
    a column has to have one for its row to come in. ``skip_same`` leaves out as many rows as say
    what is here already.
    """

    texts: tuple[tuple[str, str], ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skip_same: bool = False

    @classmethod
    def from_json(cls, mapping: Mapping[str, Any]) -> "Columns":
        """Read back what ``as_json`` wrote, in this release or an earlier one."""
        texts = tuple((clean_typed(column), kind) for column, kind in mapping.get("texts", ()))
        # Earlier, the columns stood beside the texts, and two were called otherwise.
        fields = mapping.get("fields", mapping)
        return cls(
            texts=texts,
            fields={
                FORMER.get(name, name): clean_typed(column)
                for name, column in fields.items()
                if column and FORMER.get(name, name) in FIELDS
            },
            values={column: dict(cells) for column, cells in mapping.get("values", {}).items()},
            splits={column: tuple(marks) for column, marks in mapping.get("splits", {}).items()},
            only={column: tuple(cells) for column, cells in mapping.get("only", {}).items()},
            skip_same=bool(mapping.get("skip_same", False)),
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON, without what is not said, the same in whatever order it was."""
        said: dict[str, Any] = {
            "fields": dict(sorted(self.fields.items())),
            "values": {
                column: dict(sorted(cells.items()))
                for column, cells in sorted(self.values.items())
                if cells
            },
            "splits": {
                column: list(marks) for column, marks in sorted(self.splits.items()) if marks
            },
            "only": {column: list(cells) for column, cells in sorted(self.only.items())},
            "skip_same": self.skip_same,
        }
        texts = [list(pair) for pair in self.texts]
        return {"texts": texts} | {name: value for name, value in said.items() if value}

    def column(self, name: str) -> str:
        """Return the column that is one of FIELDS; an empty string where none is."""
        return self.fields.get(name, "")

    def refused_for(self, reason: str) -> str:
        """Return the column for which a row is refused; empty where it is not one alone."""
        if reason in {RefusalReason.EMPTY, RefusalReason.TOO_LONG} and len(self.texts) == 1:
            return self.texts[0][0]
        return self.column(_ABOUT.get(reason, ""))

    @property
    def chosen(self) -> list[str]:
        """Every column that is something, in order, as often as it is."""
        return [column for column, _kind in self.texts] + list(self.fields.values())

    @property
    def named(self) -> list[str]:
        """Every column it speaks of, also those that only leave rows out."""
        return [*self.chosen, *self.values, *self.splits, *self.only]

    @property
    def kinds(self) -> set[str]:
        """The kinds of question that columns and cells answer, and what else cells mean."""
        cells = {meaning for each in self.values.values() for meaning in each.values()}
        return {kind for _column, kind in self.texts} | cells

    @property
    def names_engagements(self) -> bool:
        """Whether rows say at which engagement they were said."""
        return "engagement" in self.fields

    @property
    def once_more(self) -> "Columns":
        """What of it holds for the next file of the same headings.

        That is all but which days were meant, and what is already here.
        """
        values = {
            column: cells for column, cells in self.values.items() if column != self.column("date")
        }
        return replace(self, skip_same=False, values=values)


def fingerprint_of_headings(headings: Sequence[str]) -> str:
    """Return what tells tables with the same headings, in whatever order, from others."""
    return fingerprint(sorted(own_headings(headings)), length=16)
