"""Every change that no public page shows, done to the small plan: a step at a time."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from secrets import token_hex
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from coproduction.languages.models import Translated
from coproduction.projects.models import Letter, Membership, PassScope, TextTemplate
from coproduction.projects.services.account import (
    close_account,
    delete_account,
    reopen_account,
)
from coproduction.projects.services.blueprint import (
    keep_text_templates,
    note_begun_from,
    note_texts_read,
    remove_text_template,
)
from coproduction.projects.services.complaint import (
    acknowledge_complaint,
    answer_complaint,
    make_complaint,
)
from coproduction.projects.services.letter import (
    Draft,
    leave_letter,
    send_letter_again,
    write_letters,
)
from coproduction.projects.services.membership import (
    invite_member,
    remove_member,
    resend_invitation,
    sign_out_member,
)
from coproduction.projects.services.organisation import add_organisation
from coproduction.projects.services.passes import WrongCode, check_code, give_pass, revoke_pass
from coproduction.projects.services.register import note_export
from coproduction.projects.services.second_step import reset_second_step
from engagements.imports.layout import Chosen
from engagements.models import NETWORKS_KEPT, Comment, Look, NetworkSalt
from engagements.services.answers_letter import tell_of_answers
from engagements.services.hint import let_hints_be
from engagements.services.hold import Origin, forget_networks
from engagements.services.hold_rules import change_hold_rules, end_watch, watch_network
from engagements.services.import_batch import note_refused_rows_taken_out, start_import
from engagements.services.import_file import look_through
from engagements.services.import_layout import choose_layout
from engagements.services.look import look_at_waiting
from engagements.services.saved_view import remove_view, save_view
from engagements.services.submission import CommentDraft, add_submission
from engagements.services.survey import answer_survey, open_survey
from engagements.services.withholding import (
    note_original_read,
)
from overview.archive.shape import name_of_archive
from overview.services.project import begin_project
from overview.services.taking_out import ask_for_archive, take_archive
from plan.services.section import write_section
from steering.services.answer import give_answer
from steering.services.confirmation import confirm_answer
from steering.services.meeting import call_meeting, call_off_meeting, change_meeting
from steering.services.minutes import seal_meeting
from steering.services.seat import change_seat, end_seat, remove_seat, seat_member
from steering.services.terms import set_terms
from tests.plan.story import Story, both
from tests.steering.group import in_days, make_round, make_sealable
from themes.services.taking_out import note_comments_taken_out
from workshops.models import Evidence
from workshops.services.attendee import add_attendees, remove_attendees
from workshops.services.evidence import cite_evidence, uncite_evidence
from workshops.services.note import NewNote, add_notes
from workshops.services.workshop import name_host, set_tables

CROWDED = Origin("library", is_crowded=True)


def on_the_team(story: Story) -> Iterator[object]:
    """Do what only concerns who is on the team and what they read."""
    project, by = story.project, story.coordinator
    first, second = write_letters(
        project=project,
        kind="invitation",
        drafts=[Draft(f"away{n}@bryn.example", "Invited", "Come.", "en") for n in range(2)],
    )
    Letter.objects.update(state="refused", smtp_code=550)
    blueprint = note_begun_from(project=project, origin=project, groups=[], by=by)
    made = TextTemplate(kind="engagements.Survey", name=Translated.of("en", en="Your park"))
    (template,) = keep_text_templates(project=project, templates=[made], by=by)
    yield
    yield send_letter_again(letter=first, by=by)
    yield leave_letter(letter=second, by=by)
    invited = invite_member(project=project, email="new@bryn.example", role="analyst", by=by)
    Letter.objects.filter(uuid=invited.letter).update(state="refused", smtp_code=550)
    yield resend_invitation(membership=invited, by=by)
    analyst = Membership.objects.get(project=project, user=story.analyst)
    yield sign_out_member(membership=analyst, by=by)
    yield reset_second_step(user=invited.user)
    yield close_account(user=invited.user)
    yield reopen_account(user=invited.user)
    yield remove_member(membership=invited, by=by)
    leaves = invite_member(project=project, email="leaves@bryn.example", role="analyst", by=by)
    yield delete_account(user=leaves.user)
    yield note_export(project=project, by=by)
    about = {"project": project, "scope": PassScope.ANSWER, "subject": uuid4()}
    given = give_pass(holder="Nia", ends_at=in_days(1), by=by, **about)
    with pytest.raises(WrongCode):
        check_code(code=f"{(int(given.code) + 1) % 10**6:06}", by=by, **about)
    yield revoke_pass(given=given.record, by=by)
    complaint = make_complaint(
        project=project, name="", email="nia@bryn.example", text="Too slow.", language="en"
    )
    yield complaint
    yield acknowledge_complaint(complaint=complaint, by=by)
    yield answer_complaint(complaint=complaint, reply="We are quicker now.", by=by)
    yield note_texts_read(blueprint=blueprint, by=by)
    yield remove_text_template(template=template, by=by)
    yield begin_project(origin=project, takes=[], slug="elsewhere", place="Elsewhere", by=by)
    yield ask_for_archive(project=project, by=by)
    archive = token_hex(16)
    default_storage.save(name_of_archive(archive), ContentFile(b"everything"))
    yield take_archive(project=project, archive=archive, by=by)


def while_listening(story: Story) -> Iterator[object]:
    """Do what gets listening ready, and reads it."""
    project, by = story.project, story.coordinator
    engagement = story.swings.engagement
    survey = open_survey(
        project=project, engagement=engagement, slug="park", title=both("Park"), by=by
    )
    said = answer_survey(survey=survey, answers={"need": "A bus"}, language="en", origin=CROWDED)
    named, waits = (
        add_submission(
            engagement=engagement, comments=[CommentDraft(story.swings.question, text)], by=by
        ).comments.get()
        for text in ("Ask Mrs Price.", "A slide.")
    )
    yield
    yield note_original_read(comment=story.swings, by=by)
    yield change_hold_rules(
        project=project, most_of_network=30, most_of_survey=300, words="skunks", by=by
    )
    view = save_view(
        project=project, name="Quotable", filters={"consent": "yes"}, is_shared=True, by=by
    )
    yield view
    yield remove_view(view=view, by=by)
    watched = watch_network(hold=said.hold, by=by)
    yield end_watch(watched=watched, by=by)
    NetworkSalt.objects.update(day=timezone.localdate() - NETWORKS_KEPT - timedelta(days=2))
    yield forget_networks(project=project)
    rows = b"comment\n" + b"More benches\n" * 3
    taken = start_import(
        engagement=engagement, file=BytesIO(rows), name="notes.csv", by=by, whole=True
    )
    yield note_refused_rows_taken_out(batch=taken, by=by)
    yield note_comments_taken_out(project=project, rows=1, file="csv", chosen={}, by=by)
    yield tell_of_answers(project=project)
    yield let_hints_be(comment=named, by=by)
    Comment.objects.filter(pk=waits.pk).update(look=Look.WAITING)
    yield look_at_waiting(project=project)
    yield choose_layout(batch=taken, chosen=Chosen(headings=(2, 2)), by=by)
    big = b"comment\n" + b"A road that is too narrow\n" * 200_000
    batch = start_import(
        engagement=engagement, file=BytesIO(big), name="big.csv", by=by, whole=False
    )
    yield look_through(batch=batch, report=lambda *_said: None)


def at_a_workshop(story: Story) -> Iterator[object]:
    """Do what is done of an evening, and is in no edition yet."""
    workshop, by, step = story.workshop, story.facilitator, uuid4()
    yield
    yield add_attendees(workshop=workshop, kind="resident", count=2, by=by)
    last = workshop.attendees.order_by("-pk").first()
    assert last is not None
    yield remove_attendees(workshop=workshop, step=last.step, by=by)
    yield set_tables(workshop=workshop, count=3, by=by)
    yield set_tables(workshop=workshop, count=2, by=by)
    yield name_host(table=workshop.tables.first(), host="Nia", by=by)
    note = NewNote("idea", "A slide too!", may_be_read_by_all=True)
    yield add_notes(workshop=workshop, notes=[note], by=by, step=step)
    body = add_organisation(
        project=story.project, name=both("Slides Ltd"), sector="charity", by=story.coordinator
    )
    yield story.propose("Build a slide", lead=body)
    cite_evidence(action=story.mend, comments=[story.club], by=by)
    cited = Evidence.objects.filter(action=story.mend, comment=story.club)
    yield uncite_evidence(action=story.mend, evidence=list(cited), by=by)
    yield write_section(
        project=story.project, kind="thanks", body=both("Thank you."), by=story.editor
    )


def in_the_steering_group(story: Story) -> Iterator[object]:
    """Do what the group does before it decides."""
    project, by = story.project, story.chair
    round = make_round(story.propose("Build a slide").wordings.get(), by)
    first, second = round.electorate.order_by("pk")[:2]
    yield
    yield give_answer(round=round, seat=first, answer="agree", by=first.user)
    told = give_answer(round=round, seat=second, answer="agree", how="room", by=by)
    yield confirm_answer(response=told, by=second.user)
    yield set_terms(project=project, quorum=1, decision_method="majority", by=by)
    coming = call_meeting(project=project, date=timezone.localdate() + timedelta(days=3), by=by)
    yield change_meeting(meeting=coming, date=coming.date, place="The inn", agenda=["Us"], by=by)
    yield call_off_meeting(meeting=coming, why="Snow.", by=by)
    past = call_meeting(project=project, date=timezone.localdate() - timedelta(days=8), by=by)
    yield seal_meeting(meeting=make_sealable(past, by), by=by)
    about = {"name": "Gwen", "sector": "resident"}
    seat = seat_member(project=project, seated_on=date(2024, 1, 1), by=by, **about)
    changed = {"name": "Gwenno", "sector": "resident", "user": None, "organisation": None}
    yield change_seat(seat=seat, by=by, **changed)
    yield end_seat(seat=seat, left_on=timezone.localdate(), by=by)
    wrong = seat_member(project=project, seated_on=date(2024, 1, 1), by=by, **about)
    yield remove_seat(seat=wrong, by=by)
