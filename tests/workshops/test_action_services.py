"""Changes to actions, their wordings and their evidence."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coproduction.languages.models import Translated
from coproduction.projects.audit import verify
from coproduction.projects.models import AuditEntry
from engagements.models import Withheld
from tests.cast import make_cast, make_member
from tests.workshops.material import (
    make_action,
    make_comment,
    make_finding,
    make_organisation,
    make_theme,
    make_workshop,
    promise_of,
)
from workshops.models import Action, Evidence, Retranslation, Wording
from workshops.services.action import (
    ChangedMeanwhile,
    LeadAlsoSupports,
    NotATranslation,
    NothingChanged,
    NumberTaken,
    move_action,
    propose_action,
    reword_action,
    translate_wording,
)
from workshops.services.boundary import NotACurrentTheme, OtherProject
from workshops.services.evidence import (
    NoLongerShown,
    NothingToCite,
    OtherAction,
    cite_evidence,
    uncite_evidence,
)
from workshops.services.note import add_note, undo_notes


def last_entry(project) -> AuditEntry:
    """Return the end of the project's audit trail."""
    return AuditEntry.objects.filter(project=project).latest("number")


# --- Proposing ----


def test_an_action_is_proposed_with_its_first_wording(project) -> None:
    lead, helper = make_organisation(project, "Council"), make_organisation(project, "School")
    action = make_action(project, lead=lead, supporting=[helper])
    wording = action.wordings.get()
    assert (action.number, wording.number) == (1, 1)
    assert wording.lead == lead
    assert list(wording.supporting.all()) == [helper]
    entry = last_entry(project)
    assert entry.verb == "workshops.action_proposed"
    assert entry.now["lead"] == str(lead.uuid)
    assert verify(project).fault is None


def test_numbers_follow_on_in_each_project(project, other_project) -> None:
    numbers = [make_action(project).number for _time in range(2)]
    assert numbers == [1, 2]
    assert make_action(other_project).number == 1


def test_a_chosen_number_is_taken_once(project) -> None:
    make_action(project, number=7)
    with pytest.raises(NumberTaken):
        make_action(project, number=7)
    assert make_action(project).number == 8
    assert list(Action.objects.values_list("number", flat=True)) == [7, 8]


def test_the_database_refuses_a_number_twice(project) -> None:
    action = make_action(project)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.create(project=project, number=action.number, theme=action.theme)


@pytest.mark.django_db(transaction=True)
def test_two_people_proposing_at_once_both_count() -> None:
    cast = make_cast("bryn", "Bryn")
    theme = make_theme(cast.project)
    writers, each = 4, 5
    start, faults = threading.Barrier(writers), []

    def propose() -> None:
        try:
            start.wait(timeout=10)
            for _time in range(each):
                propose_action(
                    project=cast.project,
                    theme=theme,
                    title={"en": "Mend the park"},
                    text={"en": "New swings."},
                    timescale="ongoing",
                    by=cast.facilitator,
                )
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=propose) for _writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    numbers = list(Action.objects.values_list("number", flat=True))
    assert numbers == list(range(1, writers * each + 1))
    assert verify(cast.project).fault is None


@pytest.mark.django_db(transaction=True)
def test_two_people_rewording_at_once_both_count() -> None:
    cast = make_cast("bryn", "Bryn")
    action = make_action(cast.project)
    promises = [promise_of(action, text={"en": f"New swings, {colour}."}) for colour in "ab"]
    start, faults = threading.Barrier(2), []

    def reword(promise) -> None:
        try:
            start.wait(timeout=10)
            reword_action(action=action, by=cast.editor, **promise)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=reword, args=[promise]) for promise in promises]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    assert list(action.wordings.values_list("number", flat=True)) == [1, 2, 3]


def test_nothing_of_another_project_goes_into_an_action(project, other_project) -> None:
    theirs = {
        "theme": make_theme(other_project),
        "workshop": make_workshop(other_project),
        "lead": make_organisation(other_project),
        "supporting": [make_organisation(other_project)],
    }
    before = AuditEntry.objects.filter(project=project).count()
    refused = 0
    for name, value in theirs.items():
        with pytest.raises(OtherProject):
            make_action(project, **({"theme": make_theme(project)} | {name: value}))
        refused += 1
    assert refused == 4
    assert not Action.objects.exists()
    # The facilitator joined; nothing else was written.
    added = AuditEntry.objects.filter(project=project)[before:]
    assert {entry.verb for entry in added} <= {"projects.member_added"}


def test_an_action_is_under_a_theme_not_a_code(project) -> None:
    code = make_theme(project, "Swings", parent=make_theme(project))
    with pytest.raises(NotACurrentTheme):
        make_action(project, theme=code)
    assert not Action.objects.exists()


def test_the_lead_is_not_a_supporter_too(project) -> None:
    body = make_organisation(project)
    with pytest.raises(LeadAlsoSupports):
        make_action(project, lead=body, supporting=[body])
    assert not Action.objects.exists()


def test_an_action_says_what_will_happen_and_by_when(project) -> None:
    refused = 0
    for missing in [{"title": {"en": ""}}, {"text": {}}, {"timescale": "soon"}]:
        with pytest.raises(ValidationError):
            make_action(project, **missing)
        refused += 1
    assert refused == 3
    assert not Action.objects.exists()
    assert not Wording.objects.exists()


def test_an_action_moves_to_another_theme_and_promises_the_same(project, facilitator) -> None:
    action, theme = make_action(project), make_theme(project, "Safety")
    move_action(action=action, theme=theme, workshop=None, by=facilitator)
    action.refresh_from_db()
    assert action.theme == theme
    assert action.wordings.count() == 1


# --- Rewording ----


def test_an_edit_is_a_new_wording_and_the_old_one_stays(project, editor) -> None:
    lead = make_organisation(project)
    action = make_action(project)
    wording = reword_action(
        action=action,
        by=editor,
        **promise_of(action, text={"en": "New swings and a slide."}, lead=lead),
    )
    assert wording.number == 2
    first = action.wordings.get(number=1)
    assert first.text.text("en") == "New swings go in before summer."
    assert first.lead is None
    # The Welsh is carried over, and is visibly out of date.
    assert wording.text.out_of_date(["cy"]) == ["cy"]
    assert wording.title.out_of_date(["cy"]) == []
    assert list(Wording.objects.newest()) == [wording]
    assert last_entry(project).now["wording"] == 2


@pytest.mark.parametrize("part", ["timescale", "timescale_note", "supporting", "title"])
def test_every_part_of_a_promise_makes_a_new_wording(project, editor, part) -> None:
    action = make_action(project)
    changed = {
        "timescale": "ongoing",
        "timescale_note": {"en": "By July"},
        "supporting": [make_organisation(project)],
        "title": {"en": "Mend all of the park"},
    }[part]
    assert (
        reword_action(action=action, by=editor, **promise_of(action, **{part: changed})).number == 2
    )


def test_words_added_where_there_were_none_are_a_new_promise(project, editor) -> None:
    action = make_action(project, timescale_note={})
    promise = promise_of(action, timescale_note={"cy": "Erbyn Mehefin"})
    assert reword_action(action=action, by=editor, **promise).number == 2


def test_saving_the_same_again_is_refused(project, editor) -> None:
    action = make_action(project)
    before = last_entry(project).number
    with pytest.raises(NothingChanged):
        reword_action(action=action, by=editor, **promise_of(action))
    assert action.wordings.count() == 1
    assert last_entry(project).number == before


def test_a_change_in_translation_only_is_the_same_wording(project, editor) -> None:
    action = make_action(project)
    wording = reword_action(
        action=action,
        by=editor,
        **promise_of(action, text={"cy": "Bydd siglenni newydd cyn yr haf."}),
    )
    assert wording.number == 1
    assert action.wordings.get().text.text("cy") == "Bydd siglenni newydd cyn yr haf."
    entry = last_entry(project)
    assert entry.verb == "workshops.wording_translated"
    assert entry.now == {"wording": 1, "languages": ["cy"]}


def test_what_was_first_written_in_welsh_is_promised_in_welsh(project, editor) -> None:
    action = make_action(
        project,
        title={"cy": "Trwsio'r parc"},
        text={"cy": "Siglenni newydd."},
        timescale_note={},
    )
    translated = reword_action(
        action=action, by=editor, **promise_of(action, title={"en": "Mend the park"})
    )
    assert translated.number == 1
    reworded = reword_action(
        action=action, by=editor, **promise_of(action, text={"cy": "Siglenni a llithren."})
    )
    assert reworded.number == 2


def test_a_translation_never_changes_what_is_promised(project, editor) -> None:
    wording = make_action(project).wordings.get()
    with pytest.raises(NotATranslation):
        translate_wording(wording=wording, text={"en": "No swings."}, by=editor)
    with pytest.raises(NothingChanged):
        translate_wording(wording=wording, text={"cy": wording.text.text("cy")}, by=editor)
    wording.refresh_from_db()
    assert wording.text.text("en") == "New swings go in before summer."


def test_what_a_translation_said_before_is_kept_with_who_changed_it(project, editor) -> None:
    wording = make_action(project, text={"en": "New swings."}).wordings.get()
    facilitator = make_member(project, "facilitator")
    translate_wording(wording=wording, text={"cy": "Siglenni."}, by=editor)
    translate_wording(
        wording=wording, text={"cy": "Dim byd."}, title={"cy": "Parc"}, by=facilitator
    )
    first, second = Retranslation.objects.filter(wording=wording)
    assert (first.language, first.was, first.now) == ("cy", {"text": ""}, {"text": "Siglenni."})
    assert (second.was["text"], second.now["text"]) == ("Siglenni.", "Dim byd.")
    assert second.now["title"] == "Parc"
    assert (first.by, second.by) == (editor, facilitator)
    assert first.at < second.at
    with pytest.raises(TypeError):
        first.save()


def test_a_wording_itself_refuses_to_promise_something_else(project) -> None:
    wording = make_action(project, text={"en": "New swings.", "cy": "Siglenni."}).wordings.get()
    another = make_organisation(project, "Another")
    changes = {
        "text": Translated.of("en", en="No swings.", cy="Siglenni."),
        "title": Translated.of("cy", cy="Parc"),
        "timescale_note": Translated.of("en", en="Never"),
        "timescale": "ongoing",
        "lead": another,
    }
    for name, value in changes.items():
        changed = Wording.objects.get(pk=wording.pk)
        assert getattr(changed, name) != value
        setattr(changed, name, value)
        with pytest.raises(TypeError):
            changed.save()
    kept = Wording.objects.get(pk=wording.pk)
    kept.text = kept.text.changed({"cy": "Siglenni newydd."})
    kept.save()
    assert Wording.objects.get(pk=wording.pk).text.text("cy") == "Siglenni newydd."


def test_an_earlier_wording_can_still_be_translated(project, editor) -> None:
    action = make_action(project, text={"en": "New swings."})
    reword_action(action=action, by=editor, **promise_of(action, text={"en": "A slide."}))
    first = action.wordings.get(number=1)
    translate_wording(wording=first, text={"cy": "Siglenni newydd."}, by=editor)
    first.refresh_from_db()
    assert first.text.missing(["en", "cy"]) == []
    assert action.wordings.count() == 2


def test_a_stale_page_does_not_overwrite_somebody_elses_wording(project, editor) -> None:
    action = make_action(project)
    seen = action.wordings.get()
    stale = promise_of(action, text={"en": "A pond."})
    reword_action(action=action, by=editor, **promise_of(action, text={"en": "A slide."}))
    with pytest.raises(ChangedMeanwhile):
        reword_action(action=action, by=editor, replacing=seen, **stale)
    assert action.wordings.count() == 2


def test_rewording_takes_nothing_from_another_project(project, other_project, editor) -> None:
    action, theirs = make_action(project), make_organisation(other_project)
    refused = 0
    for change in [{"lead": theirs}, {"supporting": [theirs]}]:
        with pytest.raises(OtherProject):
            reword_action(action=action, by=editor, **promise_of(action, **change))
        refused += 1
    assert refused == 2
    assert action.wordings.count() == 1


# --- Evidence ----


def test_an_action_cites_comments_notes_and_a_finding_in_one_step(project, facilitator) -> None:
    action = make_action(project)
    comments = [make_comment(project, f"Swings {number}") for number in range(3)]
    note = add_note(
        workshop=make_workshop(project),
        table=None,
        kind="idea",
        text="Slide",
        language="en",
        by=facilitator,
    )
    finding = make_finding(action.theme, facilitator)
    made = cite_evidence(
        action=action, comments=comments, notes=[note], findings=[finding], by=facilitator
    )
    assert len(made) == action.evidence.count() == 5
    assert len({row.step for row in action.evidence.all()}) == 1
    assert last_entry(project).now["comments"] == [comment.pk for comment in comments]


def test_records_of_the_past_say_when_they_were_made(project, facilitator) -> None:
    then = timezone.now() - timedelta(days=400)
    action = make_action(project, at=then)
    cite_evidence(
        action=action, findings=[make_finding(action.theme, facilitator)], at=then, by=facilitator
    )
    promise = promise_of(action, text={"en": "More."})
    newer = reword_action(action=action, at=then, by=facilitator, **promise)
    assert (newer.number, newer.created_at) == (2, then)
    assert {row.created_at for row in action.wordings.all()} == {then}
    assert action.evidence.get().at == then


def test_citing_again_adds_only_what_is_new(project, facilitator) -> None:
    action, first = make_action(project), make_comment(project)
    cite_evidence(action=action, comments=[first], by=facilitator)
    before = last_entry(project).number
    assert cite_evidence(action=action, comments=[first], by=facilitator) == []
    assert last_entry(project).number == before
    second = make_comment(project)
    made = cite_evidence(action=action, comments=[first, second], by=facilitator)
    assert [row.comment_id for row in made] == [second.pk]


def test_thousands_are_cited_in_one_step(project, facilitator, count_queries) -> None:
    action, pattern = make_action(project), make_comment(project)
    type(pattern).objects.bulk_create(
        type(pattern)(
            project=project,
            submission=pattern.submission,
            engagement=pattern.engagement,
            question=pattern.question,
            position=number,
            text="Swings",
        )
        for number in range(1, 2_500)
    )
    comments = list(type(pattern).objects.of(project))
    with count_queries() as seen:
        cite_evidence(action=action, comments=comments, by=facilitator)
    assert action.evidence.count() == 2_500
    assert len(seen) <= 30


def test_withheld_comments_and_undone_notes_are_not_cited(project, facilitator) -> None:
    action = make_action(project)
    hidden = make_comment(project, withheld=Withheld.CONCERN)
    workshop = make_workshop(project)
    note = add_note(
        workshop=workshop, table=None, kind="idea", text="Slide", language="en", by=facilitator
    )
    undo_notes(workshop=workshop, notes=[note], by=facilitator)
    with pytest.raises(NoLongerShown):
        cite_evidence(action=action, comments=[make_comment(project), hidden], by=facilitator)
    with pytest.raises(NoLongerShown):
        cite_evidence(action=action, notes=[note], by=facilitator)
    with pytest.raises(NothingToCite):
        cite_evidence(action=action, by=facilitator)
    assert not Evidence.objects.exists()


def test_nothing_of_another_project_is_cited(project, other_project, facilitator) -> None:
    action = make_action(project)
    their_facilitator = make_member(other_project, "facilitator")
    theirs = {
        "comments": make_comment(other_project),
        "notes": add_note(
            workshop=make_workshop(other_project),
            table=None,
            kind="idea",
            text="Slide",
            language="en",
            by=their_facilitator,
        ),
        "findings": make_finding(make_theme(other_project), their_facilitator),
    }
    ours = make_comment(project)
    refused = 0
    for name, value in theirs.items():
        with pytest.raises(OtherProject):
            cite_evidence(action=action, by=facilitator, **({"comments": [ours]} | {name: [value]}))
        refused += 1
    assert refused == 3
    assert not Evidence.objects.exists()


def test_evidence_is_taken_off_its_own_action_only(project, facilitator) -> None:
    action, another = make_action(project), make_action(project)
    made = cite_evidence(
        action=action, comments=[make_comment(project), make_comment(project)], by=facilitator
    )
    with pytest.raises(OtherAction):
        uncite_evidence(action=another, evidence=made, by=facilitator)
    assert uncite_evidence(action=action, evidence=made[:1], by=facilitator) == 1
    assert uncite_evidence(action=action, evidence=made[:1], by=facilitator) == 0
    assert list(action.evidence.all()) == made[1:]


def test_evidence_is_exactly_one_thing(project) -> None:
    action, comment = make_action(project), make_comment(project)
    note_and_comment = {
        "comment": comment,
        "finding": make_finding(action.theme, make_member(project, "analyst")),
    }
    refused = 0
    for wrong in [{}, note_and_comment]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(action=action, **wrong)
        refused += 1
    assert refused == 2
