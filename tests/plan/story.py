"""A small plan ready to be published: from comments to agreed actions, all through the services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from coproduction.projects.models import Project, User
from engagements.models import Comment, Submission
from plan.models import Edition, Rendering
from plan.queries.masking import mask_of
from plan.queries.renderings import rendering_key
from plan.services.correction import record_corrections
from plan.services.edition import publish
from plan.services.rendering import put_in_place
from plan.services.section import write_section
from steering.models import Round
from steering.queries.round_evidence import evidence_to_freeze
from steering.services.commitment import record_commitment
from steering.services.decision import record_decision
from tests.cast import make_member
from tests.steering.group import answer, make_lead, make_round, make_seats, set_quorum
from tests.themes.comments import make_comments
from tests.workshops.material import make_organisation
from themes.models import Finding, Quote, Theme
from themes.services.codebook import add_code, add_theme
from themes.services.coding import code_comment
from themes.services.finding import write_finding
from themes.services.quote import choose_quote
from workshops.models import Action, Timescale, Wording, Workshop
from workshops.services.action import propose_action
from workshops.services.attendee import add_attendees
from workshops.services.evidence import cite_evidence
from workshops.services.note import NewNote, add_notes
from workshops.services.workshop import plan_workshop

TITLE = {"en": "Bryn plan", "cy": "Cynllun Bryn"}
SWINGS = "The swings have been broken since Easter and the little ones cry."
CLUB = "Mae angen clwb i'r plant."


def both(text: str) -> dict[str, str]:
    """Say something in both languages."""
    return {"en": text, "cy": f"{text} (cy)"}


@dataclass
class Story:
    """Everything in the small plan, by what it is."""

    project: Project
    editor: User
    chair: User
    facilitator: User
    analyst: User
    coordinator: User
    theme: Theme
    code: Theme
    swings: Comment
    club: Comment
    finding: Finding
    quote: Quote
    welsh_quote: Quote
    workshop: Workshop
    mend: Action | None = None
    open_club: Action | None = None
    pool: Action | None = None

    @property
    def receipt(self) -> str:
        """The code of whoever spoke of the swings."""
        return str(Submission.objects.get(comments=self.swings).receipt)

    def publish(self, **changes: Any) -> Edition:
        """Publish the plan as it stands."""
        return publish(**{"project": self.project, "title": TITLE, "by": self.editor} | changes)

    def propose(self, name: str, **changes: Any) -> Action:
        """Propose one more action."""
        given = {
            "project": self.project,
            "theme": self.theme,
            "workshop": self.workshop,
            "title": both(name),
            "text": both(f"{name} soon."),
            "timescale": Timescale.WITHIN_1_YEAR,
            "timescale_note": both("By June"),
            "by": self.facilitator,
        }
        return propose_action(**given | changes)

    def agree(self, wording: Wording, answers: tuple[str, ...] = ("agree",) * 3) -> None:
        """Have the group agree a wording."""
        self.decide(wording, "agreed", answers)

    def decide(self, wording: Wording, outcome: str, answers: tuple[str, ...]) -> None:
        """Have the group decide on a wording."""
        round = make_round(wording, self.chair)
        answer(round, answers, self.chair)
        reason = both(f"Because of {wording.title.text('en').lower()}")
        record_decision(round=round, outcome=outcome, reason=reason, by=self.chair)

    def cite(self, action: Action, *comments: Comment, findings: Sequence[Finding] = ()) -> None:
        """Let an action rest on some comments too, as if the group had had them before it."""
        cite_evidence(action=action, comments=comments, findings=findings, by=self.facilitator)
        self.ask_with_evidence_of_today(action)

    def ask_with_evidence_of_today(self, action: Action) -> None:
        """Have the group have had before it what the action rests on now."""
        evidence = evidence_to_freeze([action.pk]).get(action.pk, [])
        Round.objects.filter(wording__action=action).update(evidence=evidence)

    def commit(self, action: Action) -> None:
        """Record the lead's word on an agreed action."""
        wording = action.wordings.get()
        record_commitment(
            wording=wording,
            organisation=wording.lead,
            text=both("We will."),
            committed_on=timezone.localdate(),
            by=self.chair,
        )

    def follow_up(self) -> None:
        """Do what the worker does after a change."""
        record_corrections(project=self.project)

    def finish_files(self, edition: Edition) -> list[Rendering]:
        """Put stand-in files where the worker would put the real ones."""
        waiting = Rendering.objects.filter(edition=edition, ready_at=None, retired_at=None)
        for rendering in waiting:
            assert put_in_place(
                rendering=rendering,
                content=b"%PDF-1.7 " + rendering.language.encode(),
                pages=1,
                key=rendering_key(edition, mask_of(edition)),
                confirm=lambda: None,
            )
        return list(Rendering.objects.filter(edition=edition, retired_at=None).order_by("pk"))


def make_story(project: Project) -> Story:
    """Make the small plan: nothing stands in the way of publishing it."""
    people = {
        role: make_member(project, role)
        for role in ("editor", "chair", "facilitator", "analyst", "coordinator")
    }
    analyst = people["analyst"]
    theme = add_theme(
        project=project, name=both("Places to play"), colour="plum", definition={}, by=analyst
    )
    code = add_code(project=project, parent=theme, name=both("Parks"), definition={}, by=analyst)
    (swings,) = make_comments(project, SWINGS, consent=True, descriptor="A mother")
    (club,) = make_comments(
        project, CLUB, kind="change", consent=True, language="cy", descriptor="A young person"
    )
    silent = make_comments(project, "Mend it all.", "Cut the grass.", kind="need")
    for comment in (swings, club, *silent):
        code_comment(comment=comment, codes=[code], by=analyst)
    story = Story(
        project=project,
        **people,
        theme=theme,
        code=code,
        swings=swings,
        club=club,
        finding=write_finding(theme=theme, text=both("People miss the swings."), by=analyst),
        quote=choose_quote(
            comment=swings,
            theme=theme,
            extract="broken since Easter",
            descriptor="A mother",
            by=analyst,
        ),
        welsh_quote=choose_quote(
            comment=club,
            theme=theme,
            extract=CLUB,
            descriptor="A young person",
            translation={"en": "The children need a club."},
            by=analyst,
        ),
        workshop=_hold_workshop(project, theme, people["facilitator"]),
    )
    _decide_on_actions(story)
    _write_texts(story)
    return story


def _hold_workshop(project: Project, theme: Theme, by: User) -> Workshop:
    """Hold the one workshop."""
    workshop = plan_workshop(
        project=project,
        title=both("Evening"),
        theme=theme,
        date=date(2024, 2, 20),
        place="The hall",
        purpose="",
        tables=1,
        by=by,
    )
    add_attendees(workshop=workshop, kind="resident", count=3, by=by)
    body = make_organisation(project, "Friends of the park")
    add_attendees(workshop=workshop, kind="partner", count=2, organisation=body, by=by)
    add_notes(
        workshop=workshop, notes=[NewNote("idea", "Swings first!", may_be_read_by_all=True)], by=by
    )
    return workshop


def _decide_on_actions(story: Story) -> None:
    """Have two actions agreed, one of them committed to, and an idea turned down."""
    make_seats(story.project, story.chair, 3)
    set_quorum(story.project, story.chair, 2)
    lead = make_lead(story.project, story.coordinator)
    story.mend = story.propose("Mend the swings", lead=lead)
    story.open_club = story.propose("Open a club", lead=lead)
    story.pool = story.propose("Fill the pool", lead=lead)
    note = story.workshop.notes.get()
    cite_evidence(action=story.mend, comments=[story.swings], notes=[note], by=story.facilitator)
    cite_evidence(action=story.open_club, comments=[story.club], by=story.facilitator)
    wording = story.mend.wordings.get()
    story.agree(wording, ("agree", "reservation", "stand_aside"))
    record_commitment(
        wording=wording,
        organisation=lead,
        text=both("We will mend them."),
        committed_on=timezone.localdate(),
        by=story.chair,
    )
    story.agree(story.open_club.wordings.get())
    story.decide(story.pool.wordings.get(), "not_taken_forward", ("object", "agree", "not_yet"))


def _write_texts(story: Story) -> None:
    """Write the foreword and why the theme matters."""
    write_section(
        project=story.project,
        kind="foreword",
        body=both("We **met** every month."),
        by=story.editor,
    )
    write_section(
        project=story.project,
        kind="theme",
        theme=story.theme,
        body=both("Play matters."),
        by=story.editor,
    )
