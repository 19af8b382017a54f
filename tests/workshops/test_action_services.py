"""Changes to actions and their wordings."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from coproduction.languages.models import Translated
from coproduction.projects.models import AuditEntry
from coproduction.projects.seen import ChangedMeanwhile, Seen
from coproduction.projects.trail.verification import verify
from tests.cast import make_cast, make_member
from tests.workshops.material import (
    make_action,
    make_organisation,
    make_theme,
    make_workshop,
    promise_of,
)
from workshops.models import Action, Retranslation, Wording
from workshops.services.action import (
    LeadAlsoSupports,
    NotATranslation,
    NothingChanged,
    NumberTaken,
    move_action,
    propose_action,
    reword_action,
    translate_wording,
)
from workshops.services.same_project import NotACurrentTheme, OtherProject


def last_entry(project) -> AuditEntry:
    """Return the end of the project's audit trail."""
    return AuditEntry.objects.filter(project=project).latest("number")


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
        "supporting": [make_organisation(other_project, "School")],
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
    assert entry.now == {"wording": 1, "languages": ["cy"], "fields": ["text:cy"]}


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
    seen = Seen.of(promise_of(action))
    # What the other person changed is not what this one did: of a wording that matters not.
    stale = promise_of(action, text={"en": "A pond."})
    reword_action(action=action, by=editor, **promise_of(action, title={"en": "A slide"}))
    with pytest.raises(ChangedMeanwhile) as refusal:
        reword_action(action=action, by=editor, seen=seen, **stale)
    assert {clash.name for clash in refusal.value.clashes} == {"title", "text"}
    assert action.wordings.count() == 2


def test_a_stale_page_that_changes_nothing_takes_nothing_back(project, editor) -> None:
    action = make_action(project)
    stale = promise_of(action)
    seen = Seen.of(stale)
    reword_action(action=action, by=editor, **promise_of(action, title={"en": "A slide"}))
    with pytest.raises(NothingChanged):
        reword_action(action=action, by=editor, seen=seen, **stale)
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
