"""Nobody can be singled out by who keeps all that was ever published and takes it apart."""

from collections.abc import Callable

import pytest
from django.test import Client

from coproduction.projects.models import Project, User
from engagements.models import Comment, Engagement, Question
from engagements.services.comment import correct_comment
from engagements.services.submission import undo_submissions
from engagements.services.withholding import (
    lift_withdrawal,
    raise_concern,
    redact_comment,
    withdraw_comment,
)
from plan.models import Edition
from plan.services.edition import publish
from tests.cast import make_member, make_project
from tests.copying import Original
from tests.overview.attacker import Attacker
from tests.overview.sweep.busy import make_busy
from tests.plan.story import Story, both, make_story
from tests.themes.comments import make_comments, make_engagement
from themes.models import Theme
from themes.services.coding import code_comments
from workshops.models import Action
from workshops.services.evidence import cite_evidence

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SPEAKS = {"consent": True, "descriptor": "A neighbour"}


@pytest.fixture(scope="session")
def first_small(made_once) -> Original[Story]:
    """A project of one village: three events, twenty-nine comments, three seats."""
    return made_once(lambda: make_small(make_project("bryn", "Bryn")))


@pytest.fixture(scope="session")
def first_busy_before(made_once) -> Original[Story]:
    """The busy project before its first edition."""
    return made_once(lambda: make_busy(make_project("bryn", "Bryn")))


def make_small(project: Project) -> Story:
    """Make the village's project: two hidden events beside a third and a total."""
    story = make_story(project)
    for title, people, number in (("Coffee", 14, 8), ("Chapel", 9, 9), ("Online", 6, 8)):
        event = make_engagement(project, title, people)
        said = []
        for turn in range(number):
            kind = ("asset", "need", "change")[turn % 3]
            said += make_comments(
                project, f"{title} {turn}.", kind=kind, engagement=event, **SPEAKS
            )
        pairs = [(comment, story.code) for comment in said[1:]]
        code_comments(project=project, pairs=pairs, by=story.analyst)
        story.cite(story.mend, *said[:5])
    return story


class Events:
    """What happens to a project's comments between its editions."""

    def __init__(self, project: Project, by: User, analyst: User) -> None:
        """Know who does it, and where."""
        self.project, self.by, self.analyst = project, by, analyst
        codes = Theme.objects.of(project).current().filter(kind="code").order_by("pk")
        self.code = next(each for each in codes if each.parent_id)
        self.action = Action.objects.of(project).order_by("number").first()
        self.questions = {each.kind: each for each in Question.objects.of(project)}
        self.left = list(Comment.objects.of(project).visible().order_by("-pk"))

    def take_back(self, number: int) -> None:
        """Some take a comment back, here and there; one of them changes their mind."""
        for turn in range(number):
            withdraw_comment(comment=self.left.pop(turn), by=None)
        again = self.left.pop()
        withdraw_comment(comment=again, by=self.by)
        lift_withdrawal(comment=again, by=self.by)

    def look_after(self) -> None:
        """Worry about one, redact one, put the question of one right, take the consent of one."""
        raise_concern(comment=self.left.pop(), by=self.by)
        redacted = self.left.pop()
        redact_comment(comment=redacted, text="[a name] said so.", by=self.by)
        for kind, consent in (("change", True), ("asset", False)):
            comment = self.left.pop()
            correct_comment(
                comment=comment,
                question=self.questions[kind],
                descriptor=comment.submission.descriptor,
                quote_consent=consent,
                language=comment.language,
                by=self.by,
            )

    def add(self, title: str, people: int, counts: dict[str, int], *, uncoded: int = 1) -> None:
        """Hold an event, or add to one; code and cite all but a few of what was said there."""
        event = make_engagement(self.project, title, people)
        said = []
        for kind, number in counts.items():
            texts = [f"{title}, {kind} {turn} more." for turn in range(number)]
            said += make_comments(self.project, *texts, kind=kind, engagement=event, **SPEAKS)
        pairs = [(comment, self.code) for comment in said[uncoded:]]
        code_comments(project=self.project, pairs=pairs, by=self.analyst)
        cite_evidence(action=self.action, comments=said[uncoded:], by=self.by)

    def miscount(self) -> None:
        """Put right by one how many people were heard at an event, and undo an entry or two."""
        held = Engagement.objects.of(self.project).filter(status=Engagement.Status.HELD)
        event = held.order_by("-people_heard").first()
        assert event is not None
        Engagement.objects.filter(pk=event.pk).update(people_heard=event.people_heard + 1)
        undo_submissions(submissions=[each.submission for each in self.left[:2]], by=self.by)
        del self.left[:2]


def three_editions(attacker: Attacker, events: Events, editor: User) -> None:
    """Publish three editions, with all that may happen between them, looked at all along."""

    def publish_one(number: int) -> None:
        publish(project=attacker.project, title=both(f"Plan {number}"), by=editor)
        attacker.look(f"edition {number}")

    if not Edition.objects.of(attacker.project).exists():
        attacker.look("before the plan", plan=False)
        events.take_back(1)
        attacker.look("before the plan, later", plan=False)
        publish_one(1)
    attacker.look("edition 1")
    events.take_back(2)
    events.look_after()
    attacker.look("after edition 1")
    events.add("Doorstep again", 3, {"need": 2, "change": 1})
    events.add("Evening", 31, {"asset": 8, "need": 3, "change": 12})
    events.miscount()
    attacker.look("after edition 1, later")
    publish_one(2)
    events.take_back(1)
    events.add("Evening", 31, {"need": 3})
    events.add("Market", 44, {"asset": 1, "need": 21, "change": 14}, uncoded=2)
    events.look_after()
    publish_one(3)
    events.take_back(3)
    attacker.look("after edition 3")


@pytest.mark.parametrize("size", ["small", "busy"])
def test_three_editions_and_all_between_single_nobody_out(
    db, request, client: Client, size: str, say: Callable[[str], None]
) -> None:
    first = {"small": "first_small", "busy": "first_busy_before"}[size]
    story: Story = request.getfixturevalue(first).copy()
    attacker = Attacker(story.project, client)
    three_editions(attacker, Events(story.project, story.coordinator, story.analyst), story.editor)
    attacker.attack()
    say(f"{size}: {attacker.tried} differences and sums tried, {len(attacker.found)} told")
    assert attacker.found == [], "\n".join(attacker.found)
    assert attacker.tried > 1_000


def test_the_sample_and_what_comes_after_it_single_nobody_out(
    db, client: Client, first_sample: Original[Project], say: Callable[[str], None]
) -> None:
    project = first_sample.copy()
    attacker = Attacker(project, client)
    people = [make_member(project, role) for role in ("coordinator", "analyst", "editor")]
    three_editions(attacker, Events(project, people[0], people[1]), people[2])
    attacker.attack()
    say(f"sample: {attacker.tried} differences and sums tried, {len(attacker.found)} told")
    assert attacker.found == []
    assert attacker.tried > 5_000
