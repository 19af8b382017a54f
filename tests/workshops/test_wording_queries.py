"""What wordings promise, and what each changed."""

import pytest
from django.utils import translation

from coproduction.projects.services.organisation import change_organisation
from tests.workshops.material import (
    make_action,
    make_organisation,
    promise_of,
)
from workshops.queries.wording import (
    compare_texts,
    compare_wordings,
    wording_history,
    wordings_with_partners,
)
from workshops.services.action import reword_action


def plain(changes) -> list[tuple[str, str, list[tuple[str, str]]]]:
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
        assert plain(second.changes) == [
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


def test_partners_keep_the_names_they_had_when_the_wording_was_written(project, editor) -> None:
    council, school = make_organisation(project, "Council"), make_organisation(project, "School")
    action = make_action(project, lead=council, supporting=[school])
    renamed = {council: {"en": "Friends", "cy": "Ffrindiau"}, school: {"cy": "Ysgol"}}
    for body, name in renamed.items():
        change_organisation(organisation=body, name=name, sector="charity", by=editor)
    wording = wordings_with_partners(action).get()
    assert wording.lead_partner is not None
    # Nobody translates a name that is used no more: it stands as it was in every language.
    assert [wording.lead_partner.name.text(code) for code in ("en", "cy")] == ["Council"] * 2
    assert wording.lead_partner.is_renamed
    # A translation of the name it still has came later, and counts.
    [supporting] = wording.supporting_partners
    assert [supporting.name.text(code) for code in ("en", "cy")] == ["School", "Ysgol"]
    assert not supporting.is_renamed
    reword_action(action=action, by=editor, **promise_of(action, timescale="ongoing"))
    newest = wordings_with_partners(action).last()
    assert str(newest.lead_partner) == "Friends"


def test_the_name_in_one_language_alone_is_not_changed_behind_a_wording(project, editor) -> None:
    council = make_organisation(project, "Council")
    change_organisation(organisation=council, name={"cy": "Cyngor"}, sector="charity", by=editor)
    council.refresh_from_db()
    action = make_action(project, lead=council)
    change_organisation(organisation=council, name={"cy": "Ffrindiau"}, sector="charity", by=editor)
    wording = wordings_with_partners(action).get()
    assert wording.lead_partner is not None
    assert wording.lead_partner.name.text("cy") == "Cyngor"
    assert wording.lead_partner.is_renamed


def test_the_names_in_a_wording_are_never_changed(project) -> None:
    wording = make_action(project, lead=make_organisation(project, "Council")).wordings.get()
    wording.partner_names = {}
    with pytest.raises(TypeError):
        wording.save()
