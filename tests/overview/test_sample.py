"""The sample: at the real scale, through the services, the same every time."""

import hashlib
import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from coproduction.projects.audit import verify
from coproduction.projects.models import Project, Role, User
from engagements.models import Comment, Engagement, Submission
from plan.models import Edition
from sample.files import story, voices
from sample.load import load
from sample.sittings import share_among_occasions, sit_down
from steering.models import Decision, Meeting, Round, Seat
from steering.queries.evidence import previous_round
from tests.copying import Original
from themes.models import Coding, Quote, Theme
from workshops.models import Action, Attendee, Evidence, Note, Wording, Workshop


def test_the_voices_are_many_and_varied() -> None:
    said = voices()
    texts = {saying.text for saying in said}
    assert len(said) == 3_940
    assert len(texts) >= 500
    assert len([saying for saying in said if saying.language == "cy"]) > 200
    assert {saying.question for saying in said} == {"asset", "need", "change"}
    welsh_without_english = [s for s in said if s.language == "cy" and not s.translation]
    assert welsh_without_english == []


def test_nobody_is_given_another_persons_words() -> None:
    occasions = story("engagements")["engagements"]
    shares = share_among_occasions(voices(), occasions)
    seated = 0
    for occasion in occasions:
        sittings = sit_down(shares[occasion["slug"]], occasion["people_heard"])
        assert 0 < len(sittings) <= occasion["people_heard"], occasion["slug"]
        assert sum(len(sitting.sayings) for sitting in sittings) == occasion["comments"]
        for sitting in sittings:
            for said in sitting.sayings:
                assert (said.consent, said.language) == (sitting.consent, sitting.language)
                assert said.descriptor in ("", sitting.descriptor) or not sitting.descriptor
                # What only one person said is theirs, and is known to be.
                assert not said.is_own or said.descriptor in ("", sitting.descriptor)
                seated += 1
    assert seated == 3_940


def test_few_voices_say_nearly_the_same() -> None:
    times = Counter(saying.text.casefold().strip(" !.") for saying in voices())
    assert max(times.values()) <= 50
    places = re.compile(
        r"\b(glanrafon|pen-y-bryn|cwm isaf|maes glas|bryn teg|(quarry|station) road|the (36|9)|"
        r"heol \w+( \w+)?|tramway terrace|stryd y capel|(upper|lower) bryncoed|\d+)\b"
    )
    alike = Counter(places.sub("#", text) for text in times)
    assert sum(number for number in alike.values() if number > 1) <= 100


def test_every_name_the_story_uses_is_one_it_gives() -> None:
    codes = {code["slug"] for theme in story("themes")["themes"] for code in theme["codes"]}
    areas = {area["slug"] for area in story("project")["areas"]}
    said = {code for saying in voices() for code in saying.codes}
    assert len(codes) == 15
    assert said == codes
    occasions = story("engagements")["engagements"]
    assert {occasion["area"] for occasion in occasions} <= areas
    assert sum(occasion["comments"] for occasion in occasions) == 3_940


@pytest.mark.django_db
def test_the_sample_has_the_real_scale_and_obeys_every_rule(
    first_sample: Original[Project],
) -> None:
    project = first_sample.copy()
    held = Engagement.objects.of(project).filter(status=Engagement.Status.HELD)
    comments = Comment.objects.of(project).visible()
    kinds = Attendee.objects.filter(workshop__project=project)
    decisions = Decision.objects.of(project)
    assert {
        "engagements": held.count(),
        "people heard": held.aggregate(people=Sum("people_heard"))["people"],
        "comments": comments.count(),
        "themes": Theme.objects.of(project).themes().count(),
        "codes": Theme.objects.of(project).codes().count(),
        "workshops": Workshop.objects.of(project).count(),
        "residents": kinds.filter(kind=Attendee.Kind.RESIDENT).count(),
        "partners": kinds.filter(kind=Attendee.Kind.PARTNER).count(),
        "seats": Seat.objects.of(project).count(),
        "meetings": Meeting.objects.of(project).count(),
        "actions": Action.objects.of(project).count(),
        "agreed": decisions.filter(outcome=Decision.Outcome.AGREED).count(),
        "not taken forward": decisions.filter(outcome=Decision.Outcome.NOT_TAKEN_FORWARD).count(),
        "editions": Edition.objects.of(project).count(),
    } == {
        "engagements": 47,
        "people heard": 1_234,
        "comments": 3_940,
        "themes": 6,
        "codes": 15,
        "workshops": 7,
        "residents": 96,
        "partners": 52,
        "seats": 12,
        "meetings": 9,
        "actions": 51,
        "agreed": 40,
        "not taken forward": 11,
        "editions": 1,
    }
    assert verify(project).fault is None
    assert project.is_invented
    # Nobody spoke more often than people were heard, on any occasion.
    crowded = [
        engagement.pk
        for engagement in held
        if Submission.objects.filter(engagement=engagement).count() > engagement.people_heard
    ]
    assert crowded == []
    quotes = Quote.objects.of(project)
    assert quotes.count() == quotes.publishable().count() == 30
    words = Edition.objects.get(project=project).snapshot["words"]
    cited = Note.objects.of(project).filter(evidence__isnull=False).distinct()
    assert len(words["quotes"]) == 30
    assert len(words["notes"]) == cited.for_all().count() == cited.count() > 20
    roles = User.objects.filter(is_sample=True).values_list("memberships__role", flat=True)
    assert set(roles) == set(Role.values)
    # Something is left to do for the analyst and for the group.
    coded = Coding.objects.filter(project=project).values("comment").distinct().count()
    assert 0 < comments.count() - coded < 100
    # The records of the story are dated as it tells, so that "since last time" counts rightly.
    wordings = Wording.objects.filter(number=1).select_related("action__workshop")
    assert {(row.action.workshop.date - row.created_at.date()).days for row in wordings} == {0}
    evidence = Evidence.objects.select_related("action__workshop")
    assert {(row.action.workshop.date - row.at.date()).days for row in evidence} == {0}
    (asked,) = Round.objects.open()
    before = previous_round(asked)
    assert before is not None
    assert (bool(before.changes), before.new_evidence) == (True, 0)


@pytest.mark.django_db
def test_the_sample_is_the_same_every_time(first_sample: Original[Project]) -> None:
    def told(project: Project) -> str:
        rows = (
            Comment.objects.of(project)
            .order_by("pk")
            .values_list("engagement__title", "text", "submission__descriptor")
        )
        return hashlib.sha256(repr(list(rows)).encode()).hexdigest()

    first = first_sample.copy()
    before = told(first)
    Project.objects.filter(pk=first.pk).update(slug="earlier")
    assert told(load()) == before


@pytest.mark.django_db
def test_loading_it_twice_says_so_and_changes_nothing(first_sample: Original[Project]) -> None:
    first_sample.copy()
    before = Comment.objects.count()
    with pytest.raises(CommandError, match="is there already"):
        call_command("load_sample", verbosity=0)
    call_command("load_sample", "--if-empty", verbosity=0)
    assert Comment.objects.count() == before
