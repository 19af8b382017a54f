"""The state of what the public reads: any change gives it another name, but for those named."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditHead, Project
from coproduction.projects.public_state import COUNTED, PRIVATE, PublicState, state_of

pytestmark = pytest.mark.django_db


def state(project: Project) -> PublicState:
    """Read the state of a project that is there."""
    found = state_of(project.slug)
    assert found is not None
    return found


def change(project: Project, *verbs: str) -> None:
    """Record a change with an entry for each of these verbs."""
    with recorded(project=project, by=None) as ledger:
        for verb in verbs:
            ledger.record(verb, subject=project)


def test_a_change_that_nobody_thought_of_gives_the_state_another_name(
    project: Project, other_project: Project
) -> None:
    before, others = state(project), state(other_project)
    change(project, "stage.never_heard_of")
    assert state(project).words != before.words
    assert state(other_project) == others


def test_a_change_named_as_private_leaves_the_state_as_it_is(project: Project) -> None:
    before, looked = state(project), 0
    for verb in sorted(PRIVATE):
        change(project, verb)
        assert state(project) == before, verb
        looked += 1
    assert looked > 30


def test_a_change_with_something_public_in_it_is_public(project: Project) -> None:
    before = state(project)
    change(project, "steering.answer_given", "stage.changed", "steering.answer_given")
    assert state(project).words != before.words


def test_what_counts_on_gives_the_counts_another_name_and_the_words_none(
    project: Project,
) -> None:
    looked = 0
    for verb in sorted(COUNTED):
        before = state(project)
        change(project, verb)
        now = state(project)
        assert (now.words, now.counts != before.counts) == (before.words, True), verb
        looked += 1
    assert looked == 4
    assert not COUNTED & PRIVATE


def test_rows_that_come_in_without_an_entry_count_on(project: Project) -> None:
    before = state(project)
    with recorded(project=project, by=None):
        pass
    now = state(project)
    assert (now.words, now.counts != before.counts) == (before.words, True)


def test_a_change_that_fails_leaves_the_state_as_it_is(project: Project) -> None:
    before = state(project)
    with pytest.raises(RuntimeError), recorded(project=project, by=None) as ledger:
        ledger.record("stage.changed", subject=project)
        raise RuntimeError
    assert state(project) == before


def test_a_service_inside_another_that_fails_leaves_the_state_as_the_other_does(
    project: Project,
) -> None:
    before = state(project)
    with recorded(project=project, by=None) as ledger:
        ledger.record("steering.answer_given", subject=project)
        with pytest.raises(RuntimeError), recorded(project=project, by=None) as inner:
            inner.record("stage.changed", subject=project)
            raise RuntimeError
    assert state(project) == before
    head = AuditHead.objects.get(project=project)
    assert (head.public_state, ledger.head.public_state) == (before.words, before.words)


def test_a_name_never_comes_again_after_a_backup_was_put_back(project: Project) -> None:
    """Whoever kept a page in the state that is gone must not take it for that of another."""
    backup = AuditHead.objects.get(project=project)
    change(project, "stage.one_thing")
    lost = state(project)
    backup.save(update_fields=AuditHead.STATES)
    change(project, "stage.another")
    assert state(project).words not in {lost.words, backup.public_state}


def test_there_is_no_state_of_no_project() -> None:
    assert state_of("nowhere") is None


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, settings) -> Callable[[float], None]:
    """Put the clock so many seconds after the begin of a turn, of turns of a minute."""
    settings.PUBLIC_COUNTS_SECONDS = 60
    begin = timezone.make_aware(datetime(2026, 6, 1, 12, 0, 0))

    def put(seconds: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: begin + timedelta(seconds=seconds))

    return put


def test_many_that_count_on_are_told_once_a_turn(
    project: Project, at: Callable[[float], None]
) -> None:
    at(1)
    told = {state(project).counts}
    for second in range(2, 60):
        at(second)
        change(project, "themes.comment_coded")
        told.add(state(project).counts)
    assert len(told) == 1
    at(60)
    told.add(state(project).counts)
    assert len(told) == 2
    for second in (61, 90, 119):
        at(second)
        change(project, "themes.comment_coded")
        told.add(state(project).counts)
    assert len(told) == 2
    at(120)
    assert state(project).counts not in told


def test_what_counted_on_last_is_told_when_nothing_follows(
    project: Project, at: Callable[[float], None]
) -> None:
    at(59)
    before = state(project).counts
    change(project, "themes.comment_coded")
    assert state(project).counts == before
    at(61)
    later = state(project).counts
    assert later != before
    at(3600)
    assert state(project).counts == later


def test_words_wait_for_no_turn(project: Project, at: Callable[[float], None]) -> None:
    at(1)
    before = state(project)
    change(project, "themes.comment_coded", "stage.changed")
    assert state(project).words != before.words


def test_hosts_whose_clocks_differ_tell_of_it_at_the_latest_a_turn_later(
    project: Project, at: Callable[[float], None]
) -> None:
    at(62)
    change(project, "themes.comment_coded")
    written = AuditHead.objects.get(project=project)
    at(58)
    assert state(project).counts == written.counts_before
    at(121)
    assert state(project).counts == written.counts_state
