"""Translations changed after the group was asked: what it could read, and what is there now."""

from steering.models import Round
from steering.queries.agreement import statuses_of_actions
from steering.queries.translation import (
    ChangedTranslation,
    changed_translations_in,
    changed_translations_of,
)
from steering.services.decision import record_decision
from tests.steering.group import (
    agree,
    agree_to_review,
    answer,
    make_round,
    make_wording,
)
from workshops.models import Wording
from workshops.services.action import translate_wording

AGREED = "Mend every swing in the park and check them each spring. (cy)"
OTHER = "Cau'r parc."


def _welsh(wording: Wording, words: str, by) -> Wording:
    return translate_wording(wording=wording, text={"cy": words}, by=by)


def _changed(project) -> list[ChangedTranslation]:
    return changed_translations_of(statuses_of_actions(project).values())


def test_a_translation_changed_after_the_group_agreed_is_found(
    project, seats, wording, chair, facilitator
) -> None:
    agree(wording, chair)
    assert _changed(project) == []
    _welsh(wording, "Yn y canol.", chair)
    _welsh(wording, OTHER, facilitator)
    (found,) = _changed(project)
    assert (found.wording, found.language, found.by) == (wording, "cy", facilitator)
    (text,) = found.texts
    assert (text.was, text.now) == (AGREED, OTHER)


def test_one_changed_before_the_group_was_asked_is_not(project, seats, wording, chair) -> None:
    _welsh(wording, OTHER, chair)
    agree(wording, chair)
    assert _changed(project) == []


def test_one_changed_back_is_not(project, seats, wording, chair) -> None:
    agree(wording, chair)
    _welsh(wording, OTHER, chair)
    _welsh(wording, AGREED, chair)
    assert _changed(project) == []


def test_taking_a_translation_out_and_writing_another_is_a_change(
    project, seats, wording, chair
) -> None:
    agree(wording, chair)
    _welsh(wording, "", chair)
    assert [text.now for each in _changed(project) for text in each.texts] == [""]
    _welsh(wording, OTHER, chair)
    assert [text.now for each in _changed(project) for text in each.texts] == [OTHER]


def test_a_first_translation_changes_nothing_the_group_read(project, seats, wording, chair) -> None:
    _welsh(wording, "", chair)
    agree(wording, chair)
    _welsh(wording, OTHER, chair)
    assert _changed(project) == []


def test_what_is_not_agreed_is_not_among_them_but_in_its_round(
    project, open_round, wording, chair
) -> None:
    _welsh(wording, OTHER, chair)
    assert _changed(project) == []
    (found,) = changed_translations_in(Round.objects.get(pk=open_round.pk))
    assert found.texts[0].was == AGREED


def test_what_the_group_read_when_it_agreed_again_is_what_it_agreed(
    project, seats, wording, chair
) -> None:
    agree_to_review(wording, chair)
    _welsh(wording, OTHER, chair)
    assert len(_changed(project)) == 1
    again = make_round(wording, chair)
    answer(again, ["agree"] * 5, chair)
    record_decision(round=again, outcome="agreed", reason={"en": "Yes."}, by=chair)
    assert _changed(project) == []


def test_it_costs_the_same_however_many(project, seats, wording, chair, count_queries) -> None:
    def change_one(number: int) -> None:
        another = make_wording(project, chair, title=f"Action {number}", lead=wording.lead)
        agree(another, chair)
        _welsh(another, OTHER, chair)

    change_one(1)
    with count_queries() as with_one:
        _changed(project)
    change_one(2)
    change_one(3)
    with count_queries() as with_three:
        found = _changed(project)
    assert [each.wording.title.text("en") for each in found] == ["Action 1", "Action 2", "Action 3"]
    assert len(with_one) == len(with_three) <= 7
