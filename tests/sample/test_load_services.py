"""Loading the sample: at the real scale, through the services, the same every time."""

import hashlib

import pytest
from django.db.models import Sum

from coproduction.projects.models import Project, Role, User
from coproduction.projects.trail.verification import verify
from engagements.models import Comment, Engagement, Submission
from plan.models import Edition
from sample.services.load import load_sample
from steering.models import Decision, Meeting, Round, Seat
from steering.queries.round import previous_round
from tests.copying import Original
from themes.models import Coding, Quote, Theme
from workshops.models import Action, Attendee, Evidence, Note, Wording, Workshop


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


@pytest.mark.once
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
    assert told(load_sample()) == before
