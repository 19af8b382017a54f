"""Two people and one record: what is kept of each, and what they are asked about."""

from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coproduction.languages.models import Translated
from coproduction.projects.seen import ChangedMeanwhile, Seen, SentForm, Ticked, merge, parts_of

DRAWN = {
    "place": "Hall",
    "date": date(2026, 5, 1),
    "name": Translated.of("en", en="Park", cy="Parc"),
    "came": {1, 2},
    "agenda": ["One", "Two"],
}


def merged(sent, *, now=None, together=()):
    """Merge what was sent from a form drawn from DRAWN into what is there now."""
    present = DRAWN | (now or {})
    return merge(Seen.of(DRAWN), now=present, sent=sent, together=together)


def test_what_only_one_person_changed_is_kept_as_they_left_it():
    written = merged(DRAWN | {"place": "School"}, now={"date": date(2026, 6, 1)})
    assert (written["place"], written["date"]) == ("School", date(2026, 6, 1))


def test_what_both_changed_in_another_way_is_asked_about():
    with pytest.raises(ChangedMeanwhile) as refusal:
        merged(DRAWN | {"place": "School"}, now={"place": "Church", "date": date(2026, 6, 1)})
    [clash] = refusal.value.clashes
    assert (clash.name, clash.theirs, clash.yours) == ("place", "Church", "School")
    # What they go on from has what only the other changed.
    assert refusal.value.yours["date"] == date(2026, 6, 1)


def test_what_both_changed_alike_is_no_clash():
    assert merged(DRAWN | {"place": "School"}, now={"place": "School"})["place"] == "School"


def test_each_language_of_a_text_is_a_field_of_its_own():
    theirs = DRAWN["name"].changed({"cy": "Y Parc"})
    written = merged({"name": {"en": "The park", "cy": "Parc"}}, now={"name": theirs})
    assert theirs.changed(written["name"]) == Translated(
        {
            "en": {"text": "The park", "of": None},
            "cy": {"text": "Y Parc", "of": theirs.entries["cy"]["of"]},
        }
    )


def test_a_language_without_a_box_is_left_alone():
    assert merged({"name": {"en": "The park"}})["name"] == {"en": "The park"}


def test_ticks_of_two_people_are_both_kept():
    assert merged({"came": {2, 3}}, now={"came": {1, 2, 4}})["came"] == {2, 3, 4}


def test_words_that_were_ticked_are_merged_tick_by_tick_in_their_order():
    seen = Seen.of({"languages": Ticked(["cy", "en"])})
    now = {"languages": ["cy", "en", "pl"]}
    merged = merge(seen, now=now, sent={"languages": Ticked(["cy", "ur"])})
    assert merged == {"languages": ["cy", "pl", "ur"]}
    assert merge(seen, now=now, sent={"languages": Ticked(["cy", "en"])}) == now
    assert merge(seen, now=now, sent={"languages": Ticked()}) == {"languages": ["pl"]}


def test_what_means_something_only_together_is_taken_whole():
    sent, now = DRAWN | {"place": "School"}, {"date": date(2026, 6, 1)}
    with pytest.raises(ChangedMeanwhile) as refusal:
        merged(sent, now=now, together=[("place", "date")])
    assert {clash.name for clash in refusal.value.clashes} == {"place", "date"}


def test_what_means_something_only_together_is_gone_on_from_as_one_person_left_it():
    """Never half of each: that is what neither of them meant."""
    name = DRAWN["name"].changed({"en": "Field"})
    with pytest.raises(ChangedMeanwhile) as refusal:
        merged(
            DRAWN | {"place": "School", "name": {"en": "Park", "cy": "Parc"}},
            now={"date": date(2026, 6, 1), "name": name},
            together=[("place", "date", "name")],
        )
    yours = refusal.value.yours
    assert (yours["place"], yours["date"]) == ("School", date(2026, 5, 1))
    assert yours["name"] == {"en": "Park", "cy": "Parc"}
    assert {clash.keeps for clash in refusal.value.clashes} == {("place", "date", "name")}


def test_who_keeps_one_of_what_belongs_together_keeps_all_of_it():
    seen = Seen(Seen.of(DRAWN).prints, frozenset({"place"}))
    sent = DRAWN | {"place": "School", "date": date(2026, 7, 1)}
    now = DRAWN | {"place": "Church", "date": date(2026, 6, 1)}
    assert merge(seen, now=now, sent=sent, together=[("place", "date")]) == now


@pytest.mark.parametrize(
    ("theirs", "yours", "shown"),
    [
        (datetime(2026, 6, 1, 9, tzinfo=UTC), None, ("1 June 2026, 10:00", "")),
        (date(2026, 6, 1), date(2026, 6, 2), ("1 June 2026", "2 June 2026")),
        (True, False, ("yes", "no")),
        ({1, 2}, {1}, ("1, 2", "1")),
    ],
)
def test_both_are_shown_as_people_read_them(theirs, yours, shown):
    """An hour by the project's own clock, as it was typed."""
    with pytest.raises(ChangedMeanwhile) as refusal:
        merge(
            Seen.of({"a": theirs, "b": "x"}),
            now={"a": theirs, "b": "y"},
            sent={"a": yours, "b": "x"},
            together=[("a", "b")],
        )
    clash = refusal.value.clashes[0]
    assert (clash.theirs, clash.yours) == shown


def test_a_person_can_choose_what_the_other_made_of_it():
    seen = Seen(Seen.of(DRAWN).prints, frozenset({"place"}))
    now = DRAWN | {"place": "Church"}
    assert merge(seen, now=now, sent=DRAWN | {"place": "School"})["place"] == "Church"


def test_a_command_means_all_it_says():
    assert merge(None, now=DRAWN, sent={"place": "School"}) == {"place": "School"}


def test_what_a_form_carries_is_read_back_and_holds_no_words():
    carried = Seen.of(DRAWN).as_text()
    assert Seen.read(carried) == Seen.of(DRAWN)
    assert not any(word in carried for word in ("Hall", "Park", "Parc", "One"))


@pytest.mark.parametrize(
    "text", ["", "x", "[]", '{"a": 1}', '{"a": {"": 1}}', "null", "[" * 99_999]
)
def test_what_no_form_of_ours_carries_is_refused(text: str):
    with pytest.raises(ValueError, match=r".*"):
        Seen.read(text)


def test_every_pair_of_changes_to_two_fields_keeps_or_asks():
    """Each of two people leaves or changes each of two fields: nothing is lost unasked."""
    tried = 0
    for mine, theirs in product(product("ab", repeat=2), repeat=2):
        base = {"x": "a", "y": "a"}
        sent = {"x": mine[0] + "1" if mine[0] == "b" else "a", "y": "b1" if mine[1] == "b" else "a"}
        now = {"x": "b2" if theirs[0] == "b" else "a", "y": "b2" if theirs[1] == "b" else "a"}
        both = [field for field in base if sent[field] != "a" and now[field] != "a"]
        if both:
            with pytest.raises(ChangedMeanwhile) as refusal:
                merge(Seen.of(base), now=now, sent=sent)
            assert [clash.name for clash in refusal.value.clashes] == both
        else:
            written = merge(Seen.of(base), now=now, sent=sent)
            assert written == {
                field: sent[field] if sent[field] != "a" else now[field] for field in base
            }
        tried += 1
    assert tried == 16


@pytest.mark.parametrize(
    ("drawn", "typed"),
    [
        ("a\nb", "a\r\nb"),
        (["a", "b"], "a\r\nb\r\n"),
        (None, ""),
        (False, ""),
        (datetime(2026, 5, 1, 10, 0, 59, tzinfo=UTC), datetime(2026, 5, 1, 10, 0, tzinfo=UTC)),
        (Translated.of("en", en="Park"), {"en": "Park ", "cy": ""}),
    ],
)
def test_what_is_the_same_to_a_person_has_the_same_parts(drawn, typed):
    assert parts_of(drawn) == parts_of(typed)


def test_one_sending_is_named_by_its_page_and_all_it_says():
    page = UUID(int=1)
    first = SentForm.of(page, {"title": "Fair", "languages": ["en", "cy"]})
    assert first == SentForm.of(page, {"languages": ["en", "cy"], "title": "Fair"})
    assert first != SentForm.of(page, {"title": "Fête", "languages": ["en", "cy"]})
    assert first != SentForm.of(UUID(int=2), {"title": "Fair", "languages": ["en", "cy"]})


def test_two_files_of_one_name_are_two_sendings():
    first, second = (SimpleUploadedFile("a.csv", words) for words in (b"One", b"Two"))
    page = UUID(int=1)
    assert SentForm.of(page, {"file": first}) != SentForm.of(page, {"file": second})
    assert first.read() == b"One"
