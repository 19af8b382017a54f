"""A flood in earnest: many at once, counted exactly; and two co-ordinators at one moment."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from django.db import connection
from django.test import Client

from coproduction.projects.models import Project, User
from coproduction.projects.trail.verification import verify
from engagements.models import Comment, Engagement, Hold, HoldDecision, Submission, Survey
from engagements.queries.counts import listening_totals, with_answer_counts
from engagements.services.hold import Origin
from engagements.services.hold_decision import DecidedMeanwhile, HoldsShown, decide_holds
from engagements.services.hold_rules import change_hold_rules
from engagements.services.survey import answer_survey, open_survey

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/bryn/tell-us/have-your-say/"
HANDS = 8


@pytest.fixture
def survey(project: Project, engagement: Engagement, coordinator: User) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=engagement,
        slug="have-your-say",
        title={"en": "Have your say"},
        by=coordinator,
    )


def at_once(work: Callable[[int], object], many: int, hands: int = HANDS) -> list[object]:
    """Do work so often, by several hands that begin together; return what came of it."""
    together, found = threading.Barrier(hands), []

    def hand(own: Iterable[int]) -> None:
        try:
            together.wait(timeout=30)
            found.extend(work(number) for number in own)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=hand, args=(range(first, many, hands),)) for first in range(hands)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    return found


@pytest.mark.parametrize(
    ("whence", "network", "counted", "reason"),
    [
        ("of one network", "2001:db8:1:1::{:x}", 60, "network"),
        ("of 200 networks", "2001:db8:1:{:x}::1", 100, "survey"),
    ],
)
def test_two_hundred_answers_at_once_are_counted_to_the_limit_and_not_one_further(
    survey, project, coordinator, capsys, whence, network, counted, reason
) -> None:
    change_hold_rules(
        project=project, most_of_network=60, most_of_survey=100, words="", by=coordinator
    )
    before = listening_totals(project).comments

    def post(number: int) -> int:
        said = {"need": f"Bus {number}"}
        return Client().post(URL, said, REMOTE_ADDR=network.format(number + 1)).status_code

    statuses = Counter(at_once(post, 200))
    reasons = dict(Counter(Hold.objects.values_list("reason", flat=True)))
    let_in = Submission.objects.filter(survey=survey, on_hold=False).count()
    with capsys.disabled():
        print(f"\n200 answers {whence}, {HANDS} at once: {let_in} count, on hold {reasons}")
    assert statuses == {302: 200}
    assert (let_in, reasons) == (counted, {reason: 200 - counted})
    assert listening_totals(project).comments == before + counted
    assert Comment.objects.said().filter(submission__survey=survey).count() == counted
    assert [each.answers for each in with_answer_counts(Survey.objects.all())] == [counted]
    assert verify(project).fault is None


def test_of_two_co_ordinators_at_one_moment_one_decides_and_the_other_is_told(
    survey, project, coordinator, other_coordinator
) -> None:
    for number in range(5):
        answer_survey(
            survey=survey,
            answers={"need": f"Bus {number}"},
            language="en",
            origin=Origin("here", is_crowded=True),
        )
    shown = HoldsShown(number=5, last_hold=Hold.objects.latest("pk").pk, last_decision=0)
    ways = [("let_in", coordinator), ("set_aside", other_coordinator)]

    def decide(number: int) -> str:
        outcome, by = ways[number]
        try:
            decide_holds(project=project, shown=shown, outcome=outcome, by=by)
        except DecidedMeanwhile:
            return "told"
        return outcome

    found = set(at_once(decide, 2, hands=2))
    decision = HoldDecision.objects.get()
    assert found == {"told", decision.outcome}
    assert decision.holds.count() == decision.answers == 5
    on_hold = Submission.objects.filter(on_hold=True).count()
    assert on_hold == (0 if decision.outcome == "let_in" else 5)
