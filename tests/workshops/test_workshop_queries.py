"""What was asked of workshops, wordings and evidence."""

import datetime
import importlib

from django.apps import apps
from django.utils import timezone, translation

from engagements.models import Withheld
from tests.workshops.material import (
    make_action,
    make_coding,
    make_comment,
    make_organisation,
    make_theme,
    make_workshop,
    promise_of,
)
from workshops.models import Note
from workshops.queries.action import newest_wordings
from workshops.queries.counts import WorkshopTotals, workshop_totals, workshops_with_counts
from workshops.queries.evidence import comments_to_cite, evidence_of, notes_to_cite
from workshops.queries.wording import (
    compare_texts,
    compare_wordings,
    wording_history,
    wordings_with_partners,
)
from workshops.services.action import reword_action
from workshops.services.attendee import add_attendees
from workshops.services.evidence import cite_evidence
from workshops.services.note import add_note, change_note, undo_notes


def told(changes) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return changes as plain values."""
    return [
        (
            str(change.label),
            change.language,
            [(piece.kind, piece.text) for piece in change.pieces if piece.text.strip()],
        )
        for change in changes
    ]


def test_history_says_what_each_wording_changed(project, editor, count_queries) -> None:
    action = make_action(project)
    council, school = make_organisation(project, "Council"), make_organisation(project, "School")
    reword_action(
        action=action,
        by=editor,
        **promise_of(
            action,
            text={"en": "New swings go in before Easter."},
            lead=council,
            supporting=[school],
            timescale="ongoing",
        ),
    )
    with count_queries() as seen:
        second, first = wording_history(action)
        assert first.changes == []
        assert told(second.changes) == [
            (
                "What will happen",
                "en",
                [
                    ("same", "New swings go in before "),
                    ("gone", "summer."),
                    ("new", "Easter."),
                ],
            ),
            ("Lead partner", "", [("gone", "Nobody yet"), ("new", "Council")]),
            ("Supporting partners", "", [("gone", "Nobody yet"), ("new", "School")]),
            ("Timescale", "", [("gone", "Within a year"), ("new", "Ongoing")]),
        ]
    assert len(seen) == 2


def test_changes_are_told_in_each_language(project, editor) -> None:
    action = make_action(project)
    reword_action(
        action=action,
        by=editor,
        **promise_of(action, title={"en": "Mend the whole park", "cy": "Trwsio'r parc cyfan"}),
    )
    before, after = wordings_with_partners(action)
    with translation.override("cy"):
        changes = compare_wordings(before, after)
    assert [change.language for change in changes] == ["en", "cy"]


def test_texts_with_little_in_common_are_shown_whole() -> None:
    pieces = compare_texts("New swings in the park", "A youth worker two nights a week")
    assert [piece.kind for piece in pieces] == ["gone", "new"]
    assert [piece.kind for piece in compare_texts("", "By June")] == ["new"]


def test_the_evidence_shown_leaves_out_what_is_withheld(project, facilitator) -> None:
    action = make_action(project)
    shown, hidden = make_comment(project), make_comment(project)
    cite_evidence(action=action, comments=[shown, hidden], by=facilitator)
    hidden.withheld = Withheld.WITHDRAWN
    hidden.save()
    rests = evidence_of(action)
    assert [row.comment for row in rests.comments] == [shown]
    assert rests.withheld == 1
    assert newest_wordings(project).get().evidence_count == 1


def test_comments_to_cite_are_narrowed_by_code_question_and_words(project, facilitator) -> None:
    theme = make_theme(project)
    swings = make_theme(project, "Swings", parent=theme)
    action = make_action(project, theme=theme)
    coded_one = make_comment(project, "Mend the swings", question="need")
    coded_two = make_comment(project, "Old swings", question="change")
    make_comment(project, "Swings and buses", question="need")
    hidden = make_comment(project, "Swings", withheld=Withheld.CONCERN)
    for comment in (coded_one, coded_two, hidden):
        make_coding(comment, swings, facilitator)
    assert list(comments_to_cite(action, theme=theme)) == [coded_one, coded_two]
    assert list(comments_to_cite(action, theme=swings, question="change")) == [coded_two]
    assert list(comments_to_cite(action, words="mend swings")) == [coded_one]
    cite_evidence(action=action, comments=[coded_one], by=facilitator)
    assert list(comments_to_cite(action, theme=theme)) == [coded_two]


def test_evidence_is_found_as_comments_are_whatever_the_letters(project, facilitator) -> None:
    action = make_action(project)
    comment = make_comment(project, "Mae’r tŷ yn oer")
    note = add_note(
        workshop=make_workshop(project),
        table=None,
        kind="idea",
        text="Tŷ’r dref",
        language="cy",
        by=facilitator,
    )
    for typed in ("tŷ", "TŶ", "ty", "TY"):
        assert list(comments_to_cite(action, words=typed)) == [comment]
        assert list(notes_to_cite(action, words=typed)) == [note]
    change_note(note=note, kind="idea", text="Ŵyn", language="cy", by=facilitator)
    assert list(notes_to_cite(action, words="wyn")) == [note]
    assert not notes_to_cite(action, words="ty").exists()


def test_notes_from_before_are_folded(project, facilitator) -> None:
    note = add_note(
        workshop=make_workshop(project),
        table=None,
        kind="idea",
        text="Ŵyn",
        language="cy",
        by=facilitator,
    )
    Note.objects.update(folded="")
    importlib.import_module("workshops.migrations.0006_notes_are_folded").fold_notes(apps, None)
    assert list(notes_to_cite(make_action(project), words="wyn")) == [note]


def test_a_comment_with_two_codes_of_a_theme_is_offered_once(project, facilitator) -> None:
    theme = make_theme(project)
    comment = make_comment(project)
    for name in ("Swings", "Benches"):
        make_coding(comment, make_theme(project, name, parent=theme), facilitator)
    assert list(comments_to_cite(make_action(project), theme=theme)) == [comment]


def test_notes_to_cite_begin_with_the_actions_own_workshop(project, facilitator) -> None:
    first, own = make_workshop(project), make_workshop(project)
    action = make_action(project, workshop=own)

    def write(workshop, text):
        return add_note(
            workshop=workshop, table=None, kind="idea", text=text, language="en", by=facilitator
        )

    elsewhere, here, cited = write(first, "Pond"), write(own, "Slide"), write(own, "Swings")
    undone = write(own, "Silde")
    undo_notes(workshop=own, notes=[undone], by=facilitator)
    cite_evidence(action=action, notes=[cited], by=facilitator)
    assert list(notes_to_cite(action)) == [here, elsewhere]
    assert list(notes_to_cite(action, workshop=first)) == [elsewhere]
    assert list(notes_to_cite(action, words="pond")) == [elsewhere]


def test_workshops_are_listed_with_their_counts(project, facilitator) -> None:
    workshop = make_workshop(project)
    add_attendees(workshop=workshop, kind="resident", count=3, by=facilitator)
    body = make_organisation(project)
    add_attendees(workshop=workshop, kind="partner", count=2, organisation=body, by=facilitator)
    add_note(
        workshop=workshop, table=None, kind="idea", text="Slide", language="en", by=facilitator
    )
    make_action(project, workshop=workshop, theme=workshop.theme)
    row = workshops_with_counts(project).get()
    assert (row.residents, row.partners, row.note_count, row.action_count) == (3, 2, 1, 1)
    totals = WorkshopTotals(workshops=1, held=1, residents=3, partners=2, actions=1)
    assert workshop_totals(project) == totals


def test_nobody_has_come_to_a_workshop_of_a_day_to_come(project, facilitator) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    workshop = make_workshop(project, date=tomorrow)
    add_attendees(workshop=workshop, kind="resident", count=3, by=facilitator)
    totals = WorkshopTotals(workshops=1, held=0, residents=0, partners=0, actions=0)
    assert workshop_totals(project) == totals


def test_actions_are_listed_by_theme_and_lead_with_their_last_wording(project, editor) -> None:
    council = make_organisation(project, "Council")
    led, unled = make_action(project, lead=council), make_action(project)
    reword_action(action=led, by=editor, **promise_of(led, timescale="ongoing"))
    assert [row.action.number for row in newest_wordings(project)] == [1, 2]
    assert [row.number for row in newest_wordings(project)] == [2, 1]
    assert [row.action for row in newest_wordings(project, lead=council)] == [led]
    assert [row.action for row in newest_wordings(project, theme=unled.theme)] == [unled]
