"""Loads how Bryncoed was listened to: people, organisations, questions, occasions, comments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from django.utils import timezone

from coproduction.projects.models import Organisation, Project, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.organisation import add_organisation
from coproduction.projects.services.person import find_or_add_person
from coproduction.projects.services.project import create_project
from engagements.models import Comment, Engagement, Question, Submission
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions, set_questions
from engagements.services.submission import SubmissionDraft, add_submissions
from engagements.services.survey import open_survey
from sample.files import Saying, story, voices
from sample.sittings import share_among_occasions, sit_down


@dataclass
class Sample:
    """What has been loaded so far, by the keys that the story's files use."""

    project: Project
    people: dict[str, User]
    organisations: dict[str, Organisation] = field(default_factory=dict)
    # Each comment with what was said, so that later chapters can sort it.
    comments: list[tuple[Comment, Saying]] = field(default_factory=list)


def begin() -> Sample:
    """Make the project, its people and its organisations.

    The keys of people.toml are also the roles.
    """
    about, people = story("project"), {}
    for person in story("people")["people"]:
        people[person["key"]] = find_or_add_person(
            email=person["email"],
            name=person["name"],
            language=person["language"],
            is_sample=True,
        )
    coordinator = people["coordinator"]
    project = create_project(
        slug=about["slug"],
        place=about["place"]["en"],
        name={"en": "Bryncoed together", "cy": "Bryncoed gyda'n gilydd"},
        scope=about["scope"],
        languages=about["languages"],
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


def listen(sample: Sample) -> None:
    """Hold the 47 engagements and write down what 1,234 people said."""
    coordinator = sample.people["coordinator"]
    questions = ensure_questions(project=sample.project, by=coordinator)
    occasions = story("engagements")["engagements"]
    areas = {area["slug"]: area["name"]["en"] for area in story("project")["areas"]}
    shares = share_among_occasions(voices(), occasions)
    for occasion in occasions:
        engagement = plan_engagement(
            project=sample.project,
            title=occasion["title"],
            method=occasion["method"],
            place=occasion["place"],
            area=areas[occasion["area"]],
            date=occasion["date"],
            level=occasion["level"],
            purpose=occasion["purpose"],
            status=Engagement.Status.HELD,
            people_heard=occasion["people_heard"],
            by=coordinator,
        )
        _write_down(sample, engagement, shares[occasion["slug"]], questions)
        if occasion["method"] == "online":
            _keep_asking(sample, engagement)


def _write_down(
    sample: Sample,
    engagement: Engagement,
    sayings: list[Saying],
    questions: Mapping[str, Question],
) -> None:
    """Keep what was said on one occasion, person by person."""
    noon = timezone.make_aware(datetime.combine(engagement.date, time(12)))
    seated = sit_down(sayings, engagement.people_heard)
    kept = add_submissions(
        engagement=engagement,
        sittings=[
            SubmissionDraft(
                answers=[
                    (
                        questions[said.question],
                        said.text,
                        {"en": said.translation} if said.translation else {},
                    )
                    for said in sitting.sayings
                ],
                descriptor=sitting.descriptor,
                quote_consent=sitting.consent,
                language=sitting.language,
                received_at=noon,
            )
            for sitting in seated
        ],
        channel=Submission.Channel.TYPED,
        by=sample.people["coordinator"],
    )
    rows = Comment.objects.filter(submission__in=kept).order_by("submission", "position")
    said_in_order = [said for sitting in seated for said in sitting.sayings]
    sample.comments.extend(zip(rows, said_in_order, strict=True))


def _keep_asking(sample: Sample, engagement: Engagement) -> None:
    """Leave the three questions open to anyone who tries the sample."""
    open_survey(
        project=sample.project,
        engagement=engagement,
        slug="three-questions",
        title={"en": "Three questions about Bryncoed", "cy": "Tri chwestiwn am Fryncoed"},
        introduction={
            "en": "It takes about five minutes. Answer one question or all three.",
            "cy": "Mae'n cymryd tua phum munud. Atebwch un cwestiwn neu'r tri.",
        },
        opens_at=timezone.make_aware(datetime.combine(engagement.date, time(9))),
        closes_at=None,
        by=sample.people["coordinator"],
    )
