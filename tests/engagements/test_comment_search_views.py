"""Searching the list of comments: what is typed, an engagement by its name, pages by key."""

from datetime import date

import pytest

from coproduction.languages import searching
from coproduction.ui import paging
from engagements.models import Engagement, Method
from engagements.services.engagement import plan_engagement
from themes.views import comment_list as views

HOSTILE = {
    "quotes": "\"'“”''\"\"",
    "operators": 'NEAR(park bus, 2) OR "x" AND NOT -park* ^a {b}: c',
    "nothing but a nul": "\x00",
    "a nul inside": "par\x00k",
    "very long": "park " * 2_000,
    "one very long word": "x" * 10_000,
    "punctuation": "!?.,;:-–—()[]{}<>/\\|@#$%^&*_+=~`",
    "signs of databases": "%_\\' OR 1=1 --",
    "letters of every kind": "\ud7ff中한ﷺ🙂\u200d🙂é́",
}


@pytest.fixture
def more(project, coordinator):
    """Plan another engagement: ``more("Street stall", date(2024, 5, 6))``."""

    def planned(title: str, day: date) -> Engagement:
        return plan_engagement(
            project=project,
            title=title,
            method=Method.EVENT,
            place="",
            date=day,
            status=Engagement.Status.HELD,
            by=coordinator,
        )

    return planned


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=list(HOSTILE))
def test_whatever_is_typed_gives_plain_results(
    client_of, coordinator, say, here, monkeypatch, typed
) -> None:
    monkeypatch.setattr(searching, "SCANNED_AT_MOST", 0)
    say("A skate park")
    page = client_of(coordinator).get(here, {"q": typed})
    assert page.status_code == 200
    text = page.content.decode()
    assert ("A skate park" in text) != ("No comment fits" in text)
    assert "govuk-error-message" not in text


def test_a_phrase_is_found_where_its_words_stand_together(client_of, analyst, say, here) -> None:
    say("A skate\npark")
    say("A park to skate")
    client = client_of(analyst)
    assert client.get(here, {"q": "skate park"}).context["page"].count == 2
    for typed in ('"skate park"', "“Skate Park”", '"skate park'):
        assert [each.text for each in client.get(here, {"q": typed}).context["page"]] == [
            "A skate\npark"
        ]


def test_an_engagement_is_meant_by_words_of_its_name_and_by_its_day(
    client_of, analyst, say, more, engagement, here
) -> None:
    fair, stall = more("Summer fair", date(2024, 6, 1)), more("Fair stall", date(2024, 7, 9))
    for where, words in ((engagement, "One"), (fair, "Two"), (stall, "Three")):
        say(words, at=where)
    client = client_of(analyst)

    def found(typed: object) -> set[str]:
        return {each.text for each in client.get(here, {"engagement": typed}).context["page"]}

    assert found("FUN day") == {"One"}
    assert found("fair") == {"Two", "Three"}
    assert found("Summer fair, 1 June 2024") == {"Two"}
    assert found("9 July") == {"Three"}
    for otherwise in ("2024-07-09", "09/07/2024", "9/7/2024", "Fair stall, 9 Gorffennaf 2024"):
        assert found(otherwise) == {"Three"}
    assert found(stall.uuid) == {"Three"}
    assert found("") == {"One", "Two", "Three"}


def test_several_engagements_of_a_name_are_offered_one_by_one(
    client_of, analyst, say, more, here
) -> None:
    for day in (1, 2):
        say(f"Said on {day}", at=more("Walk", date(2024, 6, day)))
    client = client_of(analyst)
    page = client.get(here, {"engagement": "walk", "q": "said", "page": "last"})
    text = page.content.decode()
    assert "These are from more than one engagement." in text
    assert 'href="?engagement=Walk%2C+2+June+2024&amp;q=said"' in text
    one = client.get(here, {"engagement": "Walk, 2 June 2024", "q": "said"})
    assert [each.text for each in one.context["page"]] == ["Said on 2"]
    assert "more than one engagement" not in one.content.decode()


def test_an_engagement_of_another_name_or_project_narrows_nothing_and_is_said(
    client_of, analyst, say, other_project, here
) -> None:
    theirs = Engagement.objects.create(
        project=other_project, title="Secret", method=Method.EVENT, date=date(2024, 1, 1)
    )
    say("A skate park")
    for typed in ("Secret", theirs.uuid, "no such thing"):
        text = client_of(analyst).get(here, {"engagement": typed}).content.decode()
        assert "No engagement is called that." in text
        assert "A skate park" in text
        assert "Secret, 1" not in text


def test_an_address_with_a_uuid_shows_the_name(client_of, analyst, engagement, here) -> None:
    text = client_of(analyst).get(here, {"engagement": engagement.uuid}).content.decode()
    assert 'value="Fun day, 4 May 2024"' in text


def test_few_engagements_are_suggested_however_many_there_are(
    client_of, analyst, more, here
) -> None:
    for day in range(1, 31):
        more(f"Walk {day}", date(2024, 6, day))
    text = client_of(analyst).get(here).content.decode()
    assert text.partition("<datalist")[2].partition("</datalist>")[0].count("<option") < 40
    assert 'value="Walk 30, 30 June 2024"' in text
    assert "Walk 1, " not in text


def test_the_list_is_paged_by_key_and_keeps_what_it_was_narrowed_by(
    client_of, coordinator, say, here, monkeypatch
) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    keys = [say(f"Zebra {number}").pk for number in range(5)]
    client = client_of(coordinator)

    def shown(place: str) -> list[int]:
        answer = client.get(here, {"q": "zebra", "page": place})
        assert "q=zebra" in answer.content.decode()
        return [each.pk for each in answer.context["page"]]

    assert shown("") == [keys[4], keys[3]]
    assert shown(f"after-{keys[3]}") == [keys[2], keys[1]]
    say("Zebra said meanwhile")
    # Back to an address of before: the same rows.
    assert shown(f"after-{keys[3]}") == [keys[2], keys[1]]
    assert shown("last") == [keys[1], keys[0]]
    assert shown(f"before-{keys[1]}") == [keys[3], keys[2]]


def test_more_than_anyone_counts_is_said_so(client_of, analyst, say, here, monkeypatch) -> None:
    for number in range(4):
        say(f"Zebra {number}")
    monkeypatch.setattr(views, "PER_PAGE", 2)
    client = client_of(analyst)
    assert "4 comments" in " ".join(client.get(here).content.decode().split())
    for module in (searching, paging):
        monkeypatch.setattr(module, "COUNTED", 3)
    assert "3 or more comments" in " ".join(client.get(here).content.decode().split())
    welsh = client.get(f"/cy{here}").content.decode()
    assert "3 neu fwy o sylwadau" in " ".join(welsh.split())
