"""Passes: what is kept of one, how long it opens, its short code, and its place in the trail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditEntry, Pass, PassOver, PassScope
from coproduction.projects.services.passes import (
    GivenPass,
    TooManyWrongCodes,
    WrongCode,
    check_code,
    give_pass,
    revoke_pass,
)
from coproduction.projects.trail.verification import verify


@pytest.fixture
def given(project, coordinator) -> GivenPass:
    """A pass for Nia, until tomorrow."""
    return give_pass(
        project=project,
        scope=PassScope.ANSWER,
        subject=uuid4(),
        holder="Nia",
        ends_at=timezone.now() + timedelta(days=1),
        by=coordinator,
    )


def wrong(code: str) -> str:
    """Return another code of six digits."""
    return f"{(int(code) + 1) % 10**6:06}"


def test_neither_token_nor_code_is_kept(given) -> None:
    kept = Pass.objects.values().get()
    assert len(given.token) >= 32
    assert len(given.code) == 6
    for value in kept.values():
        assert str(value) not in {given.token, given.code}
    assert Pass.objects.with_token(given.token).get() == given.record
    assert not Pass.objects.with_token(f"{given.token}x").exists()


def test_the_trail_says_who_gave_what_until_when_and_no_name(project, given, coordinator) -> None:
    entry = AuditEntry.objects.get(project=project, verb="projects.pass_given")
    assert entry.by == coordinator
    assert entry.now["scope"] == "answer"
    assert "Nia" not in str(entry.now)


def test_what_a_pass_does_stands_under_its_own_name_and_the_chain_covers_it(project, given) -> None:
    with recorded(project=project, by=given.record) as ledger:
        entry = ledger.record("test.done", subject=project)
    assert (entry.by, entry.given_pass) == (None, given.record)
    assert Pass.objects.get().last_used_at is not None
    assert verify(project).fault is None
    AuditEntry.objects.filter(pk=entry.pk).update(given_pass=None)
    assert verify(project).fault == f"entry {entry.number} was changed"


def test_an_entry_without_a_pass_keeps_the_hash_it_had(project, coordinator) -> None:
    with recorded(project=project, by=coordinator) as ledger:
        entry = ledger.record("test.done", subject=project)
    assert entry.given_pass is None
    assert verify(project).fault is None


def test_a_pass_taken_back_or_ended_does_nothing_more(project, given, coordinator) -> None:
    other = give_pass(
        project=project,
        scope=PassScope.ANSWER,
        subject=uuid4(),
        holder="Ifan",
        ends_at=timezone.now() - timedelta(minutes=1),
        by=coordinator,
    )
    revoke_pass(given=given.record, by=coordinator)
    revoke_pass(given=given.record, by=coordinator)
    assert AuditEntry.objects.filter(verb="projects.pass_revoked").count() == 1
    for each in (given.record, other.record):
        with pytest.raises(PassOver), recorded(project=project, by=each):
            pytest.fail("It still opens.")
        assert not each.is_in_force_at(timezone.now())


def test_another_projects_pass_does_nothing(other_project, given) -> None:
    with pytest.raises(PassOver), recorded(project=other_project, by=given.record):
        pytest.fail("It opens another project.")


def test_a_new_pass_for_the_same_takes_the_one_before_back(project, given, coordinator) -> None:
    newer = give_pass(
        project=project,
        scope=PassScope.ANSWER,
        subject=given.record.subject,
        holder="Nia",
        ends_at=timezone.now() + timedelta(days=1),
        by=coordinator,
    )
    assert Pass.objects.in_force_at(timezone.now()).get() == newer.record


def test_a_short_code_is_the_one_of_its_letter(project, given, chair) -> None:
    asked = {"scope": PassScope.ANSWER, "subject": given.record.subject, "project": project}
    typed = f" {given.code[:3]} {given.code[3:]} "
    assert check_code(code=typed, by=chair, **asked) == given.record
    with pytest.raises(WrongCode):
        check_code(code=wrong(given.code), by=chair, **asked)
    with pytest.raises(PassOver):
        check_code(code=given.code, by=chair, **asked | {"subject": uuid4()})


def test_whoever_guesses_is_stopped_and_each_try_is_in_the_trail(project, given, chair) -> None:
    asked = {"scope": PassScope.ANSWER, "subject": given.record.subject, "project": project}
    for _try in range(5):
        with pytest.raises(WrongCode):
            check_code(code=wrong(given.code), by=chair, **asked)
    with pytest.raises(TooManyWrongCodes):
        check_code(code=given.code, by=chair, **asked)
    assert AuditEntry.objects.filter(verb="projects.pass_code_wrong").count() == 5
