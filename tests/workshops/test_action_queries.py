"""Actions with what they promise now."""

from tests.workshops.material import (
    make_action,
    make_organisation,
    promise_of,
)
from workshops.queries.action import newest_wordings
from workshops.services.action import reword_action


def test_actions_are_listed_by_theme_and_lead_with_their_last_wording(project, editor) -> None:
    council = make_organisation(project, "Council")
    led, unled = make_action(project, lead=council), make_action(project)
    reword_action(action=led, by=editor, **promise_of(led, timescale="ongoing"))
    assert [row.action.number for row in newest_wordings(project)] == [1, 2]
    assert [row.number for row in newest_wordings(project)] == [2, 1]
    assert [row.action for row in newest_wordings(project, lead=council)] == [led]
    assert [row.action for row in newest_wordings(project, theme=unled.theme)] == [unled]
