"""The engagements that rows name: taken by title and day, made where there are none."""

from datetime import date

import pytest

from engagements.imports.drafting import Occasion
from engagements.imports.occasions import (
    KnownEngagement,
    NamedEngagements,
    TooManyEngagements,
    settle_engagements,
)

TODAY = date(2024, 1, 5)
MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)


def settle(*named: Occasion, known: tuple[KnownEngagement, ...] = ()):
    """Settle what some rows say."""
    gathered = NamedEngagements()
    for each in named:
        gathered.note(each)
    return settle_engagements(gathered.named(), known, today=TODAY)


def test_what_is_not_there_is_made_once_with_what_its_rows_say() -> None:
    settled = settle(
        Occasion("Fair", MAY, "", "North", ""),
        Occasion("FAIR ", MAY, "The park", "North", "event"),
        Occasion("Fair", JUNE, "", "North"),
        Occasion("Fair", JUNE, "", "South"),
    )
    assert settled.to_make == {
        ("fair", MAY): Occasion("Fair", MAY, "The park", "North", "event"),
        ("fair", JUNE): Occasion("Fair", JUNE),
    }


def test_one_without_a_day_is_the_only_one_of_that_title_or_todays() -> None:
    there = KnownEngagement(7, "fair", MAY)
    assert settle(Occasion("Fair"), known=(there,)).there == {("fair", None): 7}
    made = settle(Occasion("Fair")).to_make
    assert made == {("fair", None): Occasion("Fair", TODAY)}
    in_file = settle(Occasion("Fair"), Occasion("Fair", MAY))
    assert in_file.place_of(("fair", None), {("fair", MAY): 3}) == 3


def test_of_several_none_is_guessed() -> None:
    two = (KnownEngagement(7, "fair", MAY), KnownEngagement(8, "fair", JUNE))
    assert settle(Occasion("Fair"), known=two).refused == {("fair", None): "several_engagements"}
    assert settle(Occasion("Fair", JUNE), known=two).there == {("fair", JUNE): 8}
    alike = (KnownEngagement(7, "fair", MAY), KnownEngagement(8, "fair", MAY))
    for said in (Occasion("Fair", MAY), Occasion("Fair")):
        assert settle(said, known=alike).refused == {said.key: "several_engagements"}


def test_one_called_off_stays_so_unless_its_import_called_it_off() -> None:
    off = KnownEngagement(7, "fair", MAY, is_cancelled=True)
    for said in (Occasion("Fair", MAY), Occasion("Fair")):
        assert settle(said, known=(off,)).refused == {said.key: "engagement_cancelled"}
        back = off._replace(may_come_back=True)
        assert settle(said, known=(back,)).to_revive == {said.key: 7}


def test_a_column_of_something_else_is_told() -> None:
    gathered = NamedEngagements()
    for number in range(1_000):
        gathered.note(Occasion(f"Comment {number}"))
    with pytest.raises(TooManyEngagements, match="1,000"):
        gathered.note(Occasion("One more"))
