"""The invented story: many voices, whose words stay together, and no name that is not given."""

import re
from collections import Counter, defaultdict

from sample.story.reading import Saying, chapter, sayings


def test_the_voices_are_many_and_varied() -> None:
    said = sayings()
    assert len(said) == 3_940
    assert len({saying.text for saying in said}) >= 500
    assert len([saying for saying in said if saying.language == "cy"]) > 200
    assert {saying.question for saying in said} == {"asset", "need", "change"}
    assert [s for s in said if s.language == "cy" and not s.translation] == []


def test_a_person_has_one_language_and_one_description() -> None:
    people: dict[tuple[str, int], list[Saying]] = defaultdict(list)
    for saying in sayings():
        people[saying.engagement, saying.seat].append(saying)
    seats = Counter(engagement for engagement, _seat in people)
    heard = {each["slug"]: each["people_heard"] for each in chapter("engagements")["engagements"]}
    assert seats.keys() == heard.keys()
    assert [slug for slug, number in seats.items() if number > heard[slug]] == []
    for said in people.values():
        assert len({(each.consent, each.language, each.descriptor) for each in said}) == 1


def test_few_voices_say_nearly_the_same() -> None:
    times = Counter(saying.text.casefold().strip(" !.") for saying in sayings())
    assert max(times.values()) <= 50
    places = re.compile(
        r"\b(glanrafon|pen-y-bryn|cwm isaf|maes glas|bryn teg|(quarry|station) road|the (36|9)|"
        r"heol \w+( \w+)?|tramway terrace|stryd y capel|(upper|lower) bryncoed|\d+)\b"
    )
    alike = Counter(places.sub("#", text) for text in times)
    assert sum(number for number in alike.values() if number > 1) <= 100


def test_every_name_the_story_uses_is_one_it_gives() -> None:
    codes = {code["slug"] for theme in chapter("themes")["themes"] for code in theme["codes"]}
    assert len(codes) == 15
    assert {code for saying in sayings() for code in saying.codes} == codes
    actions = {action["number"] for action in chapter("actions")["actions"]}
    notes = [note for each in chapter("workshops")["workshops"] for note in each["notes"]]
    assert {number for saying in sayings() for number in saying.actions} == actions
    assert {number for note in notes for number in note.get("actions", [])} == actions
