"""The thread forwards: what came of comments, themes and workshops."""

from django.utils import timezone

from steering.queries.results import results_of_comment, results_of_theme, results_of_workshop
from steering.services.commitment import record_commitment
from tests.steering.group import agree, make_wording
from tests.workshops.material import make_comment, make_theme
from workshops.models import Wording


def _numbers(came) -> list[int]:
    return [status.action.number for status in came.actions]


def test_a_comment_leads_to_its_codes_and_the_actions_that_cite_it(
    project, wording, comment, code, chair
) -> None:
    make_wording(project, chair, title="More bins")
    came = results_of_comment(comment)
    assert (came.codes, _numbers(came), came.counts.agreed) == ([code], [1], 0)
    assert _numbers(results_of_comment(make_comment(project, "Dogs."))) == []


def test_a_theme_leads_to_its_workshops_and_actions_and_those_of_what_was_merged_into_it(
    project, wording, comment, workshop, code, chair
) -> None:
    other = make_theme(project, "Dogs")
    came = results_of_theme(wording.action.theme)
    assert (came.workshops, _numbers(came)) == ([workshop], [1])
    assert _numbers(results_of_theme(other)) == []
    wording.action.theme.merged_into = other
    wording.action.theme.save()
    assert _numbers(results_of_theme(other)) == [1]


def test_a_code_leads_to_the_actions_that_cite_its_comments(
    project, wording, comment, code
) -> None:
    assert _numbers(results_of_theme(code)) == [1]
    assert (
        _numbers(results_of_theme(make_theme(project, "Slides", parent=wording.action.theme))) == []
    )


def test_a_workshop_leads_to_its_actions_and_counts_what_the_group_made_of_them(
    seats, wording, workshop, chair
) -> None:
    came = results_of_workshop(workshop)
    assert (_numbers(came), came.counts.agreed, came.counts.committed) == ([1], 0, 0)
    agree(wording, chair)
    today = timezone.localdate()
    record_commitment(wording=wording, organisation=wording.lead, committed_on=today, by=chair)
    came = results_of_workshop(workshop)
    assert (came.counts.agreed, came.counts.committed) == (1, 1)


def _uuids(*wordings: Wording) -> list:
    return [wording.action.uuid for wording in wordings]
