"""Pages about minutes: two minute-takers lose nothing of each other's."""

from tests.forms import drawn
from tests.steering.pages import text_of, url


def test_two_minute_takers_keep_each_others_ticks_and_text(
    meeting, seats, chair, coordinator, client_of
) -> None:
    mine, theirs = client_of(chair), client_of(coordinator)
    address = url("meeting_minutes", uuid=meeting.uuid)
    first, second = mine.get(address), theirs.get(address)
    ticks = [[str(seat.uuid) for seat in seats[:2]], [str(seats[2].uuid)]]
    theirs.post(address, drawn(second, attended=ticks[0], minutes="We talked."))
    assert mine.post(address, drawn(first, attended=ticks[1])).status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes == "We talked."
    assert set(meeting.attended.all()) == set(seats[:3])


def test_two_minute_takers_who_wrote_see_both_texts(
    meeting, seats, chair, coordinator, client_of
) -> None:
    mine, theirs = client_of(chair), client_of(coordinator)
    address = url("meeting_minutes", uuid=meeting.uuid)
    first, second = mine.get(address), theirs.get(address)
    theirs.post(address, drawn(second, minutes="We talked of swings."))
    clash = mine.post(address, drawn(first, minutes="We talked of bins."))
    assert clash.status_code == 409
    page = text_of(clash)
    assert f"{coordinator.display_name} changed this too" in page
    assert drawn(clash)["minutes"] == ["We talked of bins."]
    meeting.refresh_from_db()
    assert meeting.minutes == "We talked of swings."
    mine.post(address, drawn(clash, minutes="We talked of swings and bins."))
    meeting.refresh_from_db()
    assert meeting.minutes == "We talked of swings and bins."


def test_a_stale_page_does_not_make_a_draft_of_what_the_group_was_told(
    meeting, seats, chair, coordinator, client_of
) -> None:
    mine, theirs = client_of(chair), client_of(coordinator)
    address = url("meeting_minutes", uuid=meeting.uuid)
    first = mine.get(address)
    theirs.post(address, drawn(theirs.get(address), minutes="We talked."))
    theirs.post(url("minutes_circulate", uuid=meeting.uuid))
    assert mine.post(address, drawn(first)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes == "We talked."
    assert meeting.circulated_at is not None
