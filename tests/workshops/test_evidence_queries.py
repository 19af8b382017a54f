"""What an action cited on, and what it could cite besides."""

import importlib

from django.apps import apps

from engagements.models import Withheld
from tests.workshops.material import (
    add_note,
    make_action,
    make_coding,
    make_comment,
    make_theme,
    make_workshop,
)
from workshops.models import Note
from workshops.queries.action import newest_wordings
from workshops.queries.evidence import comments_to_cite, evidence_of, notes_to_cite
from workshops.services.evidence import cite_evidence
from workshops.services.note import change_note, undo_notes


def test_the_evidence_shown_leaves_out_what_is_withheld(project, facilitator) -> None:
    action = make_action(project)
    shown, hidden = make_comment(project), make_comment(project)
    cite_evidence(action=action, comments=[shown, hidden], by=facilitator)
    hidden.withheld = Withheld.WITHDRAWN
    hidden.save()
    cited = evidence_of(action)
    assert [row.comment for row in cited.comments] == [shown]
    assert cited.withheld == 1
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
    assert list(comments_to_cite(action, theme=theme).rows) == [coded_one, coded_two]
    assert list(comments_to_cite(action, theme=swings, question=coded_two.question).rows) == [
        coded_two
    ]
    assert list(comments_to_cite(action, words="mend swings").rows) == [coded_one]
    cite_evidence(action=action, comments=[coded_one], by=facilitator)
    assert list(comments_to_cite(action, theme=theme).rows) == [coded_two]


def test_a_comment_with_two_codes_of_a_theme_is_offered_once(project, facilitator) -> None:
    theme = make_theme(project)
    comment = make_comment(project)
    for name in ("Swings", "Benches"):
        make_coding(comment, make_theme(project, name, parent=theme), facilitator)
    assert list(comments_to_cite(make_action(project), theme=theme).rows) == [comment]


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
        assert list(comments_to_cite(action, words=typed).rows) == [comment]
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
