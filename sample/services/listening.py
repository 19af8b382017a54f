"""Loading how Bryncoed was listened to: people, organisations, questions, engagements, comments."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from coproduction.projects.models import Organisation, Project, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.organisation import add_organisation
from coproduction.projects.services.person import find_or_add_person
from coproduction.projects.services.project import create_project
from engagements.models import Comment, Engagement, Submission
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions, set_questions
from engagements.services.submission import CommentDraft, SubmissionDraft, add_submissions
from engagements.services.survey import open_survey
from sample.story.reading import Saying, chapter, hour_of, sayings
from workshops.models import Note


@dataclass
class Sample:
    """What has been loaded so far, by the keys that the story's files use."""

    project: Project
    people: dict[str, User]
    organisations: dict[str, Organisation] = field(default_factory=dict)
    # Each comment with its place in the story, which says how it was coded and what cites it.
    comments: list[tuple[Comment, Saying]] = field(default_factory=list)
    # The workshops' notes, by the number of the action that cites them.
    notes: dict[int, list[Note]] = field(default_factory=lambda: defaultdict(list))


def make_project_and_people() -> Sample:
    """Make the project, its people, its organisations and its questions."""
    about = chapter("project")
    # The keys of people.toml are also the roles.
    people = {
        person.pop("key"): find_or_add_person(**person, is_sample=True)
        for person in chapter("people")["people"]
    }
    coordinator = people["coordinator"]
    project = create_project(
        **{
            key: about[key]
            for key in ("slug", "place", "name", "scope", "languages", "contact_email")
        },
        figures_are_public=True,
        is_invented=True,
        by=coordinator,
    )
    for role, user in people.items():
        add_member(project=project, user=user, role=role, by=coordinator)
    sample = Sample(project=project, people=people)
    for body in about["organisations"]:
        sample.organisations[body["slug"]] = add_organisation(
            project=project, name=body["name"], sector=body["sector"], by=coordinator
        )
    set_questions(
        project=project,
        wordings={question["kind"]: question["wording"] for question in about["questions"]},
        by=coordinator,
    )
    return sample


def hold_engagements(sample: Sample) -> None:
    """Hold the 47 engagements and write down what 1,234 people said."""
    coordinator = sample.people["coordinator"]
    by_engagement = {
        slug: list(group) for slug, group in groupby(sayings(), key=attrgetter("engagement"))
    }
    for occasion in chapter("engagements")["engagements"]:
        slug, survey = occasion.pop("slug"), occasion.pop("survey", None)
        engagement = plan_engagement(
            project=sample.project,
            status=Engagement.Status.HELD,
            **occasion,
            by=coordinator,
        )
        _add_comments(sample, engagement, by_engagement[slug])
        if survey:
            open_survey(
                project=sample.project,
                engagement=engagement,
                opens_at=hour_of(engagement.date, 9),
                closes_at=None,
                **survey,
                by=coordinator,
            )


def _add_comments(sample: Sample, engagement: Engagement, sayings: list[Saying]) -> None:
    """Add what was said at one engagement, person by person."""
    questions: dict[str, Any] = ensure_questions(
        project=sample.project, by=sample.people["coordinator"]
    )
    entries = []
    for _seat, group in groupby(sayings, key=attrgetter("seat")):
        own = list(group)
        entries.append(
            SubmissionDraft(
                comments=[
                    CommentDraft(
                        questions[one.question],
                        one.text,
                        {"en": one.translation} if one.translation else {},
                    )
                    for one in own
                ],
                descriptor=own[0].descriptor,
                quote_consent=own[0].consent,
                language=own[0].language,
                received_at=hour_of(engagement.date, 12),
            )
        )
    submissions = add_submissions(
        engagement=engagement,
        entries=entries,
        channel=Submission.Channel.TYPED,
        by=sample.people["coordinator"],
    )
    rows = Comment.objects.filter(submission__in=submissions).order_by("submission", "position")
    sample.comments.extend(zip(rows, sayings, strict=True))
