"""What in words may tell who somebody is: what is found, and what is left alone."""

from itertools import pairwise

import pytest

from engagements.looking.personal import find_personal

FOUND = [
    ("Ask Mr Jones next door.", "Mr Jones", "name"),
    ("ask mrs evans", "mrs evans", "name"),
    ("Mr. and Mrs Price-Davies keep it tidy.", "Mr. and Mrs Price-Davies", "name"),
    ("Dr Patel listens.", "Dr Patel", "name"),
    ("Miss Siân Ŵyn taught me.", "Miss Siân Ŵyn", "name"),
    ("Cllr. J. Rees never came.", "Cllr. J. Rees", "name"),
    ("Mae Mrs Williams yn y siop.", "Mrs Williams", "name"),
    ("Diolch i'r Parch. Huw Rees.", "Parch. Huw Rees", "name"),
    ("Bonwr Prys yw'r cadeirydd.", "Bonwr Prys", "name"),
    ("Cyng. Mair Evans", "Cyng. Mair Evans", "name"),
    ("Mr a Mrs Ŵyn", "Mr a Mrs Ŵyn", "name"),
    ("Ring 01639 871234 for the key.", "01639 871234", "phone"),
    ("07700 900123", "07700 900123", "phone"),
    ("Ring me, 01970 555 01423, I am in", "01970 555 01423", "phone"),
    ("My sister is on +353 1 679 9111.", "+353 1 679 9111", "phone"),
    ("(01792) 636000", "(01792) 636000", "phone"),
    ("sian.t@example.org knows", "sian.t@example.org", "email"),
    ("I live at SA12 7AB.", "SA12 7AB", "postcode"),
    ("sa127ab", "sa127ab", "postcode"),
    ("Follow @sian_t for news.", "@sian_t", "handle"),
    ("AB12 CDE parks on the grass.", "AB12 CDE", "plate"),
    ("k123 no, K123 ABC", "K123 ABC", "plate"),
    ("I am 83 and live in Heol Fawr.", "83", "age"),
    ("My son is 7, at Bryn School.", "7", "age"),
    ("A 9 year old boy from Bryn.", "9", "age"),
    ("Dw i'n 83 oed ac yn byw yn Nhreforys.", "83", "age"),
]
LEFT_ALONE = [
    "Miss the bus every day.",
    "I miss Sunday market.",
    "Nan always said so.",
    "Speak to Nan. She knows.",
    "Mr in the shop was kind.",
    "Swings for children under 5 by the river.",
    "1234567 people came in 2023-24.",
    "Open from 10 am to 4 pm, m4 4am.",
    "The A48 BUS and the M4 are loud.",
    "We met @ 5 pm.",
    "I am 5 minutes from the shop in Bryn.",
    "I am 83 and tired.",
    "Mae angen 12 o feinciau ar y parc.",
]


@pytest.mark.parametrize(("text", "words", "kind"), FOUND)
def test_what_tells_who_somebody_is_is_found_where_it_stands(text, words, kind) -> None:
    (found,) = find_personal(text)
    assert (text[found.start : found.end], found.kind) == (words, kind)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_names_nobody_is_left_alone(text) -> None:
    assert find_personal(text) == []


def test_several_are_given_in_the_order_they_are_read_and_no_letter_twice() -> None:
    text = "Mrs Price, SA12 7AB, mair@example.org, @mair, 01639 871234"
    found = find_personal(text)
    assert [each.kind for each in found] == ["name", "postcode", "email", "handle", "phone"]
    assert all(one.end <= other.start for one, other in pairwise(found))
