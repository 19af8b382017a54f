"""What was agreed and what was not, as an edition freezes it, each with the thread behind it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from coproduction.projects.models import Organisation, Project
from engagements.models import is_quotable, is_visible
from plan.queries.listening import Row, current_theme_uuid
from steering.models import Response, Round
from steering.queries.agreement import ActionStatus, Agreement
from steering.queries.answer import AnswerCounts, count_answers
from themes.models import Quote
from themes.queries.codebook import Codebook
from workshops.models import Action, Evidence, Wording

# What to do with an action, by where it stands.
PUBLISHED = frozenset({Agreement.AGREED, Agreement.CHANGE_PROPOSED, Agreement.CHANGE_NOT_TAKEN})
UNDECIDED = frozenset({Agreement.PROPOSED, Agreement.WITH_THE_GROUP, Agreement.SENT_BACK})


def action_rows(
    project: Project,
    known: Iterable[ActionStatus],
    engagements: list[Row],
    codebook: Codebook,
    *,
    draft: bool,
) -> tuple[list[Row], list[Row]]:
    """List the agreed actions, and those not taken forward, in number order.

    ``known`` says where each action stands. With ``draft`` the undecided ones stand among the
    agreed, in their newest wording, marked. A thread names occasions by their place in
    ``engagements``: there are many, and uuids are long.
    """
    places = {row["uuid"]: at for at, row in enumerate(engagements)}
    threads = _threads(project, places, codebook)
    history = _history(project)
    agreed, turned_down = [], []
    for one in sorted(known, key=lambda one: one.action.number):
        behind = {
            "theme": current_theme_uuid(codebook, one.action.theme_id),
            "thread": threads[one.action.pk],
            "rounds": history[one.action.pk],
        }
        if one.state in PUBLISHED or (draft and one.state in UNDECIDED):
            agreed.append(_promise(one) | behind)
        elif one.state == Agreement.NOT_TAKEN_FORWARD:
            turned_down.append(_turned_down(one) | behind)
    return agreed, turned_down


def _promise(one: ActionStatus) -> Row:
    """Freeze one action: the last wording the group agreed, or the newest of one undecided."""
    wording = one.agreed or one.latest
    return {
        **_wording(one, wording),
        "is_agreed": one.agreed is not None,
        "change_proposed": one.change_proposed,
        "decided_on": one.decision.decided_on.isoformat() if one.decision else None,
        "review_on": (
            one.decision.review_on.isoformat() if one.decision and one.decision.review_on else None
        ),
        "reason": one.decision.reason.entries if one.decision else {},
        "tally": _tally(one.tally) if one.tally else None,
        "commitment": (
            {
                "on": one.commitment.committed_on.isoformat(),
                "text": one.commitment.text.entries,
            }
            if one.commitment
            else None
        ),
    }


def _turned_down(one: ActionStatus) -> Row:
    """Freeze one idea that was not taken forward, with the group's reason."""
    decision = one.last_decision
    return {
        **_wording(one, one.latest),
        "decided_on": decision.decided_on.isoformat() if decision else None,
        "reason": decision.reason.entries if decision else {},
    }


def _wording(one: ActionStatus, wording: Wording) -> Row:
    """Freeze what a wording says."""
    return {
        "uuid": str(one.action.uuid),
        "number": one.action.number,
        "wording": wording.number,
        "title": wording.title.entries,
        "text": wording.text.entries,
        "lead": _organisation(wording.lead) if wording.lead else None,
        "supporting": [_organisation(body) for body in wording.supporting.all()],
        "timescale": wording.timescale,
        "timescale_note": wording.timescale_note.entries,
    }


def _organisation(body: Organisation) -> Row:
    """Freeze an organisation's name."""
    return {"uuid": str(body.uuid), "name": body.name.entries}


def _tally(numbers: AnswerCounts) -> Row:
    """Freeze what the answers in a round came to."""
    return {
        "agreeing": numbers.agreeing,
        "seats": numbers.seats,
        "method": numbers.decision_method,
        **{str(kind): number for kind, number in numbers.counts.items()},
    }


def _history(project: Project) -> dict[int, list[Row]]:
    """List each action's decided rounds, oldest first: what came of them, and by what numbers."""
    rounds = (
        Round.objects.of(project)
        .filter(decision__isnull=False)
        .select_related("decision", "wording")
        .annotate(seats=Count("electorate"))
        .order_by("opened_at", "pk")
    )
    answers: dict[int, list[str]] = defaultdict(list)
    given = Response.objects.counting().filter(round__project=project)
    for pk, answer in given.values_list("round", "answer"):
        answers[pk].append(answer)
    history: dict[int, list[Row]] = defaultdict(list)
    for row in rounds:
        history[row.wording.action_id].append(_round(row, answers[row.pk]))
    return history


def _round(row: Any, answers: list[str]) -> Row:
    """Freeze one decided round."""
    numbers = AnswerCounts(
        counts=count_answers(answers),
        seats=row.seats,
        quorum=row.quorum,
        decision_method=row.decision_method,
    )
    return {
        "wording": row.wording.number,
        "title": row.wording.title.entries,
        "outcome": row.decision.outcome,
        "decided_on": row.decision.decided_on.isoformat(),
        "reason": row.decision.reason.entries,
        "tally": _tally(numbers),
    }


def comments_behind(project: Project) -> "QuerySet[Evidence]":
    """Return the comments that actions rest on and nothing withholds, each as one row."""
    cited = Evidence.objects.filter(action__project=project, comment__isnull=False)
    return cited.filter(is_visible("comment__"))


def _threads(project: Project, places: dict[str, int], codebook: Codebook) -> dict[int, Row]:
    """What each action rests on: comments by occasion and question, notes, workshops, quotes."""
    threads: dict[int, Row] = defaultdict(_no_thread)
    evidence = Evidence.objects.filter(action__project=project)
    quoted = Quote.objects.of(project).publishable().values("comment")
    agreed_to = is_quotable("comment__")
    for action, engagement, kind, number, quotable, silent in (
        comments_behind(project)
        .values_list("action", "comment__engagement__uuid", "comment__question__kind")
        .annotate(
            number=Count("comment"),
            quotable=Count("comment", filter=agreed_to & ~Q(comment__in=quoted)),
            silent=Count("comment", filter=~agreed_to),
        )
        .order_by("comment__engagement__date", "comment__engagement")
    ):
        thread, occasion = threads[action], places[str(engagement)]
        thread["comments"] += number
        more, rest = thread["quotable"]
        thread["quotable"] = [more + quotable, rest + silent]
        thread["by_question"][kind] = thread["by_question"].get(kind, 0) + number
        if not thread["engagements"] or thread["engagements"][-1][0] != occasion:
            thread["engagements"].append([occasion, 0])
        thread["engagements"][-1][1] += number
    for action, note, workshop in (
        evidence.filter(note__isnull=False, note__undone_at__isnull=True)
        .values_list("action", "note__uuid", "note__workshop__uuid")
        .order_by("note")
    ):
        threads[action]["notes"].append(str(note))
        _once(threads[action]["workshops"], str(workshop))
    designed = Action.objects.of(project).filter(workshop__isnull=False)
    for action, workshop in designed.values_list("pk", "workshop__uuid"):
        _once(threads[action]["workshops"], str(workshop))
    findings = evidence.filter(finding__isnull=False).order_by("finding__theme__position", "pk")
    for action, theme in findings.values_list("action", "finding__theme"):
        _once(threads[action]["findings"], current_theme_uuid(codebook, theme))
    for action, quote in _quotes_behind(project):
        threads[action]["quotes"].append(str(quote))
    return threads


def _quotes_behind(project: Project) -> list[tuple[int, Any]]:
    """Pair actions with the publishable quotes of comments they rest on, in the quotes' order."""
    of_comment = defaultdict(list)
    publishable = Quote.objects.of(project).publishable().order_by("theme", "position", "pk")
    for order, (comment, quote) in enumerate(publishable.values_list("comment", "uuid")):
        of_comment[comment].append((order, quote))
    cited = Evidence.objects.filter(action__project=project, comment__in=of_comment)
    found = [
        (action, order, quote)
        for action, comment in cited.values_list("action", "comment")
        for order, quote in of_comment[comment]
    ]
    return [(action, quote) for action, _order, quote in sorted(found, key=lambda row: row[:2])]


def _no_thread() -> Row:
    """Start a thread that rests on nothing yet."""
    return {
        "comments": 0,
        "by_question": {},
        # Of the comments it doesn't quote: those whose speaker would let it, and the others.
        "quotable": [0, 0],
        "engagements": [],
        "findings": [],
        "notes": [],
        "workshops": [],
        "quotes": [],
    }


def _once(items: list[str], item: str) -> None:
    """Add what is not in the list yet."""
    if item not in items:
        items.append(item)
