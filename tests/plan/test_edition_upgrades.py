"""Editions of every shape there ever was are read as editions of ours."""

import json
from pathlib import Path
from typing import Any

import pytest

from engagements.disclosure.small_numbers import PublicCount
from plan.edition.format import Malformed, read, write
from plan.edition.snapshot import SHAPE, Snapshot
from plan.edition.upgrades import read_snapshot

FOLDER = Path(__file__).parent / "editions"


def edition_of(name: str) -> dict[str, Any]:
    """Return an edition as it was written in its day."""
    raw: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return raw


@pytest.mark.parametrize(
    "name", ["shape_1", "shape_1_later", "shape_2", "shape_2_later", "shape_3", "shape_4"]
)
def test_an_edition_of_an_earlier_shape_is_read(name: str) -> None:
    raw = edition_of(name)
    before = json.dumps(raw)
    snapshot = read_snapshot(raw)
    assert json.dumps(raw) == before
    assert snapshot.shape == SHAPE
    (event,) = snapshot.engagements
    mend, club = snapshot.actions
    assert mend.title.text("cy") == "Mend the swings (cy)"
    assert mend.thread.engagements == (event.uuid,)
    assert mend.tally is not None
    # Three were asked: to tell how many agreed would tell who.
    assert (mend.tally.seats, mend.tally.method) == (3, "consent")
    unsaid = PublicCount(None)
    assert (mend.tally.agreeing, mend.tally.stand_aside) == (unsaid, unsaid)
    assert [each.tally.object for idea in snapshot.ideas for each in idea.rounds] == [unsaid] * 3
    assert club.commitment is None
    assert [idea.title.text("en") for idea in snapshot.not_taken_forward] == ["Fill the pool"]
    assert snapshot.figures.seats == 3
    assert snapshot.figures.by_question.keys() == {"need", "change"}
    assert snapshot.themes[0].by_question.keys() == mend.thread.by_question.keys()
    names = {question.kind: question.name.text("cy") for question in snapshot.questions}
    assert names["need"] == "Beth sydd ei angen arnon ni"
    assert read_snapshot(write(snapshot)) == snapshot


def test_small_numbers_of_an_edition_that_told_them_are_kept_back() -> None:
    snapshot = read_snapshot(edition_of("shape_1"))
    assert snapshot.themes[0].comments == PublicCount(None, below=10)
    assert snapshot.figures.by_question["need"] == PublicCount(None, below=10)
    assert snapshot.engagements[0].comments == PublicCount(None, below=10)
    assert snapshot.engagements[0].people == PublicCount(40)


@pytest.mark.parametrize("shape", [0, 6, None, "5"])
def test_a_shape_nobody_knows_is_refused(shape: object) -> None:
    with pytest.raises(Malformed, match="shape should be a number up to 5"):
        read_snapshot(edition_of("shape_2") | {"shape": shape})


def test_the_shape_is_raised_when_the_records_change() -> None:
    """An edition of each shape stands in the folder: a change to the records can't be read there.

    Where this fails, raise SHAPE, add a step to ``plan.edition.upgrades`` and an edition here.
    """
    raw = edition_of(f"shape_{SHAPE}")
    assert write(read(Snapshot, raw)) == raw


@pytest.mark.parametrize("name", ["shape_1", "shape_2", "shape_3", "shape_4", "shape_5"])
def test_an_edition_that_lacks_any_part_is_refused_with_a_sentence(name: str) -> None:
    whole = json.loads((FOLDER / f"{name}.json").read_text())
    looked = 0
    for key in whole:
        for broken in (
            {other: part for other, part in whole.items() if other != key},
            whole | {key: 7.5},
        ):
            with pytest.raises(Malformed):
                read_snapshot(broken)
            looked += 1
    assert looked > 20
