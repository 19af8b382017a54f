"""A project in which everything has happened that changes a count, all through the services."""

from datetime import date, timedelta

from django.utils import timezone

from coproduction.projects.models import Project
from engagements.models import Comment, Engagement, HoldDecision, Question, Survey
from engagements.services.comment import correct_comment
from engagements.services.engagement import cancel_engagement, log_engagement, plan_engagement
from engagements.services.hold import Origin
from engagements.services.hold_decision import HoldsShown, decide_holds, undo_hold_decision
from engagements.services.question import add_question
from engagements.services.submission import undo_submissions
from engagements.services.survey import answer_survey, close_survey, open_survey
from engagements.services.withholding import (
    lift_withdrawal,
    raise_concern,
    redact_comment,
    resolve_concern,
    withdraw_comment,
)
from plan.services.section import write_section
from steering.services.action import withdraw_action
from steering.services.decision import translate_reason
from steering.services.meeting import call_meeting, call_off_meeting
from steering.services.round import take_back_round
from steering.services.seat import end_seat, remove_seat
from tests.plan.story import Story, both, make_story
from tests.steering.group import LONG_AGO, agree_to_review, make_lead, make_round, make_seats
from tests.themes.comments import make_comments, make_engagement
from tests.workshops.material import make_organisation, promise_of
from themes.models import Theme
from themes.services.codebook import add_code, add_theme, merge_themes, move_code
from themes.services.coding import code_comment, code_comments, uncode_comment
from themes.services.finding import write_finding
from themes.services.quote import choose_quote, take_back_quote
from workshops.services.action import reword_action
from workshops.services.attendee import add_attendees, remove_attendees
from workshops.services.evidence import cite_evidence, uncite_evidence
from workshops.services.note import NewNote, add_notes, undo_notes
from workshops.services.workshop import call_off_workshop, plan_workshop

# Each occasion with the people heard there, and how many comments each question brought.
OCCASIONS = (
    ("Fair", 31, {"asset": 12, "need": 14, "change": 11}),
    ("School", 25, {"asset": 13, "need": 3, "change": 12}),
    ("Doorstep", 4, {"asset": 1, "need": 2}),
    ("Library", 17, {"need": 16, "hopes": 21}),
)


def make_busy(project: Project) -> Story:
    """Make the busy project: an edition of it can be published."""
    story = make_story(project)
    said = _listen(story)
    _theme(story, said)
    _hold_workshops(story)
    _decide(story, said)
    _withhold(story, said)
    _convene(story)
    write_section(project=project, kind="how_we_decided", body=both("We asked."), by=story.editor)
    return story


def _listen(story: Story) -> dict[str, list[Comment]]:
    """Hold the occasions, with surveys on two that were only planned. Returns what was said."""
    project, by = story.project, story.coordinator
    add_question(project=project, name=both("Hopes"), wording=both("What do you hope for?"), by=by)
    said: dict[str, list[Comment]] = {}
    for at, (title, people, counts) in enumerate(OCCASIONS):
        event = make_engagement(project, title, people)
        Engagement.objects.filter(pk=event.pk).update(date=date(2026, 1 + at, 3))
        for kind, number in counts.items():
            texts = [f"{title}, {kind} {turn}." for turn in range(number)]
            language = "cy" if kind == "asset" else "en"
            said.setdefault(title, []).extend(
                make_comments(
                    project,
                    *texts,
                    kind=kind,
                    engagement=event,
                    consent=kind != "need",
                    language=language,
                    descriptor="A neighbour",
                )
            )
    for title, answers in (("Online", 12), ("By post", 0), ("Open still", 1)):
        planned = plan_engagement(
            project=project, title=title, method="survey", date=timezone.localdate(), by=by
        )
        survey = open_survey(
            project=project,
            engagement=planned,
            slug=title.lower().replace(" ", "-"),
            title=both(title),
            by=by,
        )
        for turn in range(answers):
            answer_survey(
                survey=survey,
                answers={"asset": f"{title} {turn}.", "change": f"{title}, too: {turn}."},
                language="en",
                quote_consent=bool(turn % 2),
            )
        if title == "Online":
            close_survey(survey=survey, by=by)
            said[title] = list(Comment.objects.filter(engagement=planned).order_by("pk"))
    logged = plan_engagement(
        project=project, title="Walk", method="event", date=date(2026, 2, 2), by=by
    )
    log_engagement(engagement=logged, people_heard=11, date=date(2026, 2, 3), by=by)
    cancelled = plan_engagement(
        project=project, title="Rained off", method="event", date=date(2026, 2, 9), by=by
    )
    cancel_engagement(engagement=cancelled, by=by)
    plan_engagement(
        project=project,
        title="Picnic",
        method="event",
        date=timezone.localdate() + timedelta(days=30),
        by=by,
    )
    plan_engagement(project=project, title="Café", method="event", date=date(2026, 2, 4), by=by)
    return said


def _withhold(story: Story, said: dict[str, list[Comment]]) -> None:
    """Take comments back, worry about some, redact and correct others, and undo what was typed."""
    by, (first, second, third, fourth, fifth, *_more) = story.coordinator, said["Fair"]
    withdraw_comment(comment=first, by=None)
    withdraw_comment(comment=second, by=by)
    lift_withdrawal(comment=second, by=by)
    raise_concern(comment=third, by=by)
    for comment, outcome in ((fourth, "kept_hidden"), (fifth, "restored")):
        concern = raise_concern(comment=comment, by=by)
        resolve_concern(
            concern=concern, outcome=outcome, decision="We talked.", decided_by="The lead", by=by
        )
    both_of_it = said["School"][0]
    withdraw_comment(comment=both_of_it, by=None)
    raise_concern(comment=both_of_it, by=by)
    redact_comment(comment=said["School"][1], text="School [a name].", by=by)
    questions = {each.kind: each for each in Question.objects.of(story.project)}
    for comment in said["School"][2:4]:
        correct_comment(
            comment=comment,
            question=questions["change"],
            descriptor=comment.submission.descriptor,
            quote_consent=comment.quote_consent,
            language=comment.language,
            by=by,
        )
    typed = make_comments(story.project, "Typed twice.", "Typed thrice.", consent=True)
    undo_submissions(submissions=[each.submission for each in typed], by=by)
    _put_on_hold(story)


def _put_on_hold(story: Story) -> None:
    """Have answers wait, set one aside, let some in, and undo that for one."""
    by, project = story.coordinator, story.project
    waits, aside, taken_back, let_in, undone = (
        answer_survey(
            survey=Survey.objects.get(project=project, slug="open-still"),
            answers={"need": f"Held {number}.", "asset": f"Held, too: {number}."},
            language="en",
            quote_consent=True,
            origin=Origin("here", is_crowded=True),
        )
        for number in range(5)
    )
    for answer, outcome in ((aside, "set_aside"), (let_in, "let_in"), (undone, "let_in")):
        last = HoldDecision.objects.count() and HoldDecision.objects.latest("pk").pk
        shown = HoldsShown(1, undone.hold.pk, last, ticked=[answer.hold.uuid])
        decision = decide_holds(project=project, shown=shown, outcome=outcome, by=by).decision
    undo_hold_decision(decision=decision, by=by)
    withdraw_comment(comment=taken_back.comments.first(), by=by)
    raise_concern(comment=waits.comments.first(), by=by)


def _theme(story: Story, said: dict[str, list[Comment]]) -> None:
    """Sort what was said into three more themes, of which one is merged, and put some right."""
    project, by = story.project, story.analyst

    def theme(name: str, colour: str) -> Theme:
        return add_theme(project=project, name=both(name), colour=colour, definition={}, by=by)

    def code(name: str, parent: Theme) -> Theme:
        return add_code(project=project, parent=parent, name=both(name), definition={}, by=by)

    safety, school, walking = (
        theme("Feeling safe", "sky"),
        theme("Learning", "leaf"),
        theme("Walking", "plum"),
    )
    lights, police = code("Street lights", safety), code("Police", safety)
    lamps, lessons, paths = code("Lamps", safety), code("Lessons", school), code("Paths", walking)
    pairs = [(comment, lights) for comment in said["Fair"]]
    pairs += [(comment, lamps) for comment in said["Fair"][::2]]
    pairs += [(comment, police) for comment in said["Doorstep"]]
    pairs += [(comment, lessons) for comment in said["School"]]
    pairs += [(comment, police) for comment in said["School"][5:9]]
    pairs += [(comment, story.code) for comment in said["Library"][2:]]
    pairs += [(comment, paths) for comment in said["Online"][:15]]
    code_comments(project=project, pairs=pairs, by=by)
    uncode_comment(comment=said["Fair"][7], codes=[lights], by=by)
    # Put right after it was coded, so that the coding's copy of the question is an old one.
    questions = {each.kind: each for each in Question.objects.of(project)}
    for comment in said["Library"][3:6]:
        correct_comment(
            comment=comment,
            question=questions["asset"],
            descriptor="A neighbour",
            quote_consent=True,
            language="en",
            by=story.coordinator,
        )
    for each in (safety, school, walking):
        write_finding(theme=each, text=both(f"People spoke of {each}."), by=by)
    choose_quote(comment=said["School"][8], theme=school, extract=said["School"][8].text, by=by)
    taken = choose_quote(
        comment=said["School"][9], theme=school, extract=said["School"][9].text, by=by
    )
    take_back_quote(quote=taken, by=by)
    merge_themes(source=lamps, into=lights, by=by)
    merge_themes(source=walking, into=story.theme, by=by)
    extra = code("Homework", safety)
    code_comment(comment=said["School"][10], codes=[extra], by=by)
    move_code(code=extra, parent=school, by=by)


def _hold_workshops(story: Story) -> None:
    """Hold a second workshop, plan a third, call a fourth off; take people and notes off again."""
    project, by = story.project, story.facilitator
    themes = {str(each.name.text("en")): each for each in Theme.objects.of(project).themes()}
    body = make_organisation(project, "The school")
    for title, day in (
        ("Morning", date(2026, 3, 1)),
        ("To come", timezone.localdate() + timedelta(days=9)),
    ):
        workshop = plan_workshop(
            project=project,
            title=both(title),
            theme=themes["Learning"],
            date=day,
            place="The school",
            purpose="",
            tables=2,
            by=by,
        )
        add_attendees(workshop=workshop, kind="resident", count=14, by=by)
        add_attendees(workshop=workshop, kind="partner", count=6, organisation=body, by=by)
        gone = add_attendees(workshop=workshop, kind="resident", count=2, by=by)
        remove_attendees(workshop=workshop, step=gone[0].step, by=by)
        notes = add_notes(
            workshop=workshop,
            notes=[NewNote("idea", f"{title} {turn}") for turn in range(5)],
            by=by,
        )
        undo_notes(workshop=workshop, notes=notes[:2], by=by)
    off = plan_workshop(
        project=project,
        title=both("Called off"),
        theme=themes["Learning"],
        date=date(2026, 3, 8),
        tables=2,
        by=by,
    )
    call_off_workshop(workshop=off, why="Snow.", by=by)


def _decide(story: Story, said: dict[str, list[Comment]]) -> None:
    """Agree, send back, look again, reword, turn down and take back."""
    project, by = story.project, story.facilitator
    lead = make_lead(project, story.coordinator, "The lights company")
    themes = {str(each.name.text("en")): each for each in Theme.objects.of(project).themes()}
    lights = story.propose("Mend the lights", theme=themes["Feeling safe"], lead=lead)
    story.cite(lights, *said["Fair"], *said["Library"])
    story.decide(lights.wordings.get(), "sent_back", ("not_yet",) * 3)
    promise = promise_of(lights, title=both("Mend every light"))
    wording = reword_action(action=lights, by=by, **promise)
    story.agree(wording)
    # Agreed once, and again.
    tutors = story.propose("Homework club", theme=themes["Learning"], lead=lead)
    story.cite(tutors, *said["School"], *said["Online"][:3])
    uncite_evidence(action=tutors, evidence=list(tutors.evidence.order_by("pk")[:2]), by=by)
    decision = agree_to_review(tutors.wordings.get(), story.chair)
    translate_reason(decision=decision, text={"cy": "Am y tro."}, by=story.chair)
    story.agree(tutors.wordings.get(), ("agree", "reservation", "stand_aside"))
    # Cited and taken off when it was decided: the plan goes by what the group had before it.
    uncite_evidence(action=tutors, evidence=[tutors.evidence.latest("pk")], by=by)
    cite_evidence(action=tutors, comments=said["Fair"][:2], by=by)
    # Agreed, and then not any more.
    bus = story.propose("A later bus", theme=themes["Learning"], lead=lead)
    story.cite(bus, *said["Doorstep"])
    agree_to_review(bus.wordings.get(), story.chair)
    story.decide(bus.wordings.get(), "sent_back", ("not_yet",) * 3)
    wall = story.propose("A wall", theme=themes["Learning"])
    story.cite(wall, *said["Library"][:12])
    story.decide(wall.wordings.get(), "not_taken_forward", ("object",) * 3)
    never = story.propose("Never asked", theme=themes["Learning"], lead=lead)
    round = make_round(never.wordings.get(), story.chair)
    take_back_round(round=round, why="It was not ready.", by=story.chair)
    # Written twice, and withdrawn: only its number is left of it.
    twice = story.propose("Mend the lights twice", theme=themes["Feeling safe"], lead=lead)
    story.cite(twice, *said["Fair"][:4])
    withdraw_action(action=twice, why="Written twice.", by=by)
    # Agreed, and a change to it is proposed.
    assert story.open_club is not None
    change = promise_of(story.open_club, title=both("Open two clubs"))
    reword_action(action=story.open_club, by=by, **change)


def _convene(story: Story) -> None:
    """Seat somebody who leaves, and somebody by mistake; call meetings, and one of them off."""
    (seat,) = make_seats(story.project, story.chair, 1)
    end_seat(seat=seat, left_on=LONG_AGO + timedelta(days=30), by=story.chair)
    today = timezone.localdate()
    for day in (today - timedelta(days=40), today - timedelta(days=5), today + timedelta(days=5)):
        call_meeting(project=story.project, date=day, agenda=["The plan"], by=story.chair)
    off = call_meeting(project=story.project, date=today - timedelta(days=9), by=story.chair)
    call_off_meeting(meeting=off, why="Snow.", by=story.chair)
    (mistake,) = make_seats(story.project, story.chair, 1)
    remove_seat(seat=mistake, by=story.chair)
