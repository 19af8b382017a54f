"""What was agreed and sealed before names were kept with it takes the names of that day."""

from datetime import date

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE = [
    ("workshops", "0007_rows_know_their_version"),
    ("steering", "0006_the_last_answer_is_the_last_to_reach_us"),
]
AFTER = [
    ("workshops", "0008_wordings_keep_their_partners_names"),
    ("steering", "0007_minutes_are_read_and_meetings_called_off"),
]


def test_wordings_and_sealed_minutes_take_the_names_of_the_day(empty_database: None) -> None:
    made = MigrationExecutor(connection).migrate(BEFORE).apps.get_model
    project = made("projects", "Project").objects.create(name="Bryn", slug="bryn")
    by = made("projects", "User").objects.create(email="chair@bryn.example")
    names = {"en": {"text": "Council", "of": None}, "cy": {"text": "Cyngor", "of": None}}
    council, school, other = (
        made("projects", "Organisation").objects.create(
            project_id=project.pk, sector="council", name=name
        )
        for name in (names, {"en": {"text": "School", "of": None}}, names)
    )
    theme = made("themes", "Theme").objects.create(project_id=project.pk, name={}, kind="theme")
    action = made("workshops", "Action").objects.create(
        project_id=project.pk, number=1, theme_id=theme.pk
    )
    wordings = made("workshops", "Wording").objects
    common = {
        "project_id": project.pk,
        "action_id": action.pk,
        "by_id": by.pk,
        "timescale": "ongoing",
    }
    led = wordings.create(number=1, lead_id=council.pk, title={}, text={}, **common)
    led.supporting.set([school.pk])
    wordings.create(number=2, title={}, text={}, **common)

    seats = made("steering", "Seat").objects
    given = {"project_id": project.pk, "seated_on": date(2024, 1, 1)}
    came = [
        seats.create(name=name, sector=sector, **given)
        for name, sector in (("Siân", "faith"), ("Mair", "resident"))
    ]
    meetings = made("steering", "Meeting").objects
    day = {"project_id": project.pk, "date": date(2024, 2, 1)}
    sealed, draft = meetings.create(sealed_at=timezone.now(), **day), meetings.create(**day)
    for meeting in (sealed, draft):
        meeting.attended.set([seat.pk for seat in came])

    found = MigrationExecutor(connection).migrate(AFTER).apps.get_model
    kept = found("workshops", "Wording").objects.order_by("number")
    texts = [
        {uuid: {code: entry["text"] for code, entry in name.items()} for uuid, name in each.items()}
        for each in kept.values_list("partner_names", flat=True)
    ]
    assert texts == [
        {str(council.uuid): {"en": "Council", "cy": "Cyngor"}, str(school.uuid): {"en": "School"}},
        {},
    ]
    assert str(other.uuid) not in texts[0]
    attended = dict(found("steering", "Meeting").objects.values_list("pk", "sealed_attendance"))
    assert [(each["name"], each["sector"]) for each in attended[sealed.pk]] == [
        ("Mair", "resident"),
        ("Siân", "faith"),
    ]
    assert attended[draft.pk] == []
    MigrationExecutor(connection).migrate(BEFORE)
