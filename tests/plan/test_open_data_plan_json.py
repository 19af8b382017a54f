"""The open data of an edition has every word of it, in every language."""

import json
from collections.abc import Callable

import pytest

from plan.edition.snapshot import FrozenCommitment, FrozenRound
from plan.edition.texts import texts_in
from plan.open_data.actions_csv import actions_as_csv
from plan.open_data.plan_json import plan_as_json
from tests.plan.long_plan import LANGUAGES, Case, Write, full, unbreakable
from tests.plan.reading_paper import words_in

pytestmark = pytest.mark.once

# What the spreadsheet of actions has of their texts: not the lead's word, nor reasons and rounds.
IN_SPREADSHEET = {"title", "text", "timescale_note", "name"}


@pytest.mark.parametrize("write", [full, unbreakable])
def test_every_word_of_an_edition_is_in_its_open_data(write: Write, say: Callable[[str], None]):
    case = Case(write=write, letters=20_000, themes=2, actions=5, ideas=5, partners=6)
    snapshot, quotes, corrections = case.snapshot(), case.said(), case.corrected()
    written = plan_as_json(case.edition, snapshot, quotes=quotes, corrections=corrections)
    found = set(words_in(json.dumps(written, ensure_ascii=False).replace("\\n", " ")))
    texts = [placed.body for placed in texts_in(snapshot)]
    texts += [case.edition.title, *(correction.text for correction in corrections)]
    texts += [quote.translation for quote in quotes]
    wanted = [word for text in texts for each in LANGUAGES for word in words_in(text.text(each))]
    wanted += [word for quote in quotes for word in words_in(f"{quote.extract} {quote.descriptor}")]
    assert [word for word in wanted if word not in found] == []

    sheet = set(words_in(actions_as_csv(snapshot)))
    rows = [
        placed.body
        for action in snapshot.actions
        for placed in texts_in(snapshot)
        if placed.part in IN_SPREADSHEET
        and placed.records[0] == action
        and not isinstance(placed.records[-1], FrozenCommitment | FrozenRound)
    ]
    listed = [word for text in rows for each in LANGUAGES for word in words_in(text.text(each))]
    assert [word for word in listed if word not in sheet] == []
    assert len(listed) > 100
    say(f"{len(wanted)} words of the edition in its JSON, {len(listed)} in the sheet of actions")
