"""The audit chain: appended in the change's transaction, numbered without a gap, verifiable."""

import ast
import threading
import time
from collections.abc import Callable
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from coproduction.jobs.claims import claim
from coproduction.jobs.models import Job
from coproduction.jobs.services import UNTIL_DONE
from coproduction.languages.models import Translated
from coproduction.private_words import WordsRefused
from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditEntry, AuditHead, Project, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.organisation import add_organisation
from coproduction.projects.services.person import find_or_add_person
from coproduction.projects.trail.verification import Verdict, verify
from tests.architecture.sources import modules
from tests.forms import drawn

pytestmark = pytest.mark.django_db

SETTINGS = "/bryn/settings/"


def test_an_entry_is_numbered_and_chained_to_the_one_before(
    project: Project, coordinator: User
) -> None:
    before = AuditHead.objects.get(project=project)
    with recorded(project=project, by=coordinator) as ledger:
        first = ledger.record("test.first", subject=project)
        second = ledger.record("test.second", subject=project, now={"count": 2})
    assert (first.number, second.number) == (before.number + 1, before.number + 2)
    assert (first.previous, second.previous) == (before.digest, first.digest)
    assert verify(project) == Verdict(entries=second.number)


def test_words_and_addresses_are_refused_and_nothing_is_kept(
    project: Project, coordinator: User
) -> None:
    tried = ["two words", "someone@example.org", "Dŵr", {"nested": ["a b"]}, "x" * 81]
    before = AuditEntry.objects.filter(project=project).count()
    for value in tried:
        with (
            pytest.raises(WordsRefused),
            recorded(project=project, by=coordinator) as ledger,
        ):
            ledger.record("test.words", subject=project, now={"value": value})
    assert len(tried) == 5
    assert AuditEntry.objects.filter(project=project).count() == before


def test_a_change_that_fails_leaves_no_entry(project: Project, coordinator: User) -> None:
    before = verify(project)
    with pytest.raises(RuntimeError), recorded(project=project, by=coordinator) as ledger:
        ledger.record("test.lost", subject=project)
        raise RuntimeError
    assert verify(project) == before


def test_a_service_inside_another_that_fails_takes_only_its_own_entry(
    project: Project, coordinator: User
) -> None:
    before = verify(project).entries
    with recorded(project=project, by=coordinator) as ledger:
        ledger.record("test.outer", subject=project)
        with pytest.raises(RuntimeError), recorded(project=project, by=coordinator) as inner:
            inner.record("test.inner", subject=project)
            raise RuntimeError
        ledger.record("test.outer_again", subject=project)
    assert verify(project) == Verdict(entries=before + 2)


def follow_ups(project: Project) -> list[Job]:
    """Return the project's follow-ups that wait."""
    return list(Job.objects.waiting().of(project.uuid).filter(task=settings.FOLLOW_UP_TASK))


def test_every_change_is_followed_up_and_many_changes_once(
    project: Project, coordinator: User
) -> None:
    Job.objects.all().delete()
    for number in range(3):
        with recorded(project=project, by=coordinator) as ledger:
            ledger.record("test.changed", subject=project, now={"number": number})
    (job,) = follow_ups(project)
    assert job.arguments == {"project": project.pk}
    # One already begun may have looked before the next change: that one is followed up too.
    assert claim(job=job.uuid)
    with recorded(project=project, by=coordinator) as ledger:
        ledger.record("test.changed", subject=project)
    assert len(follow_ups(project)) == 1


def test_a_follow_up_is_tried_until_it_is_done(project: Project, coordinator: User) -> None:
    """Words that were taken back are not left in a file because the worker had a bad hour."""
    with recorded(project=project, by=coordinator) as ledger:
        ledger.record("test.changed", subject=project)
    (job,) = follow_ups(project)
    assert job.max_attempts == UNTIL_DONE.most > 10_000


def test_each_project_has_a_follow_up_of_its_own(
    project: Project, other_project: Project, coordinator: User
) -> None:
    Job.objects.all().delete()
    with (
        recorded(project=project, by=coordinator) as ledger,
        recorded(project=other_project, by=coordinator) as other,
    ):
        ledger.record("test.changed", subject=project)
        other.record("test.changed", subject=other_project)
    assert (len(follow_ups(project)), len(follow_ups(other_project))) == (1, 1)


def test_nothing_is_followed_up_where_nothing_changed(project: Project, coordinator: User) -> None:
    Job.objects.all().delete()
    with recorded(project=project, by=coordinator):
        pass
    with recorded(project=project, by=coordinator) as ledger:
        ledger.record("test.frequent", subject=project, follow_up=False)
    with pytest.raises(RuntimeError), recorded(project=project, by=coordinator) as ledger:
        ledger.record("test.lost", subject=project)
        raise RuntimeError
    assert follow_ups(project) == []


def test_changes_that_are_not_followed_up_are_few_and_named_here() -> None:
    found = set()
    for path in modules():
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and any(
                word.arg == "follow_up" for word in call.keywords
            ):
                assert isinstance(call.args[0], ast.Constant), path
                found.add(call.args[0].value)
    assert found == {
        # Hundreds an hour, and they add.
        *("themes.comment_coded", "themes.comments_coded", "themes.coding_undone"),
        *("engagements.submissions_added", "steering.answer_given"),
        # What a follow-up does itself.
        *("plan.correction_made", "plan.rendering_retired"),
        *("plan.rendering_requested", "plan.rendering_made"),
        *("plan.words_erased", "steering.words_erased", "themes.quote_removed"),
        *("engagements.rows_erased", "engagements.erasure_finished"),
        # What changes nothing: somebody read, or took out, what was there.
        *("engagements.original_read", "engagements.refused_rows_taken_out"),
        *("engagements.comments_taken_out", "engagements.comments_looked_at"),
        *("engagements.hints_let_be", "engagements.answers_told_of"),
        *("projects.register_taken_out", "projects.retention_announced"),
        *("projects.archive_asked_for", "projects.archive_taken_out", "projects.blueprint_taken"),
        # What is about people and networks, and not about what is published.
        *("projects.account_closed", "projects.account_reopened", "projects.member_signed_out"),
        *("projects.second_step_reset", "projects.account_deleted"),
        *("projects.complaint_received", "projects.complaint_acknowledged"),
        "projects.complaint_answered",
        *("engagements.hold_rules_changed", "engagements.networks_forgotten"),
        *("engagements.network_watched", "engagements.network_watch_ended"),
        *("engagements.view_saved", "engagements.view_removed"),
        # What is only asked for: each piece of it is followed up.
        "engagements.comments_change_begun",
    }


def test_entries_are_never_changed_or_removed(project: Project) -> None:
    entry = AuditEntry.objects.filter(project=project).first()
    assert entry is not None
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def _change_one(project: Project) -> None:
    AuditEntry.objects.filter(project=project, number=1).update(verb="test.other")


def _drop_the_first(project: Project) -> None:
    AuditEntry.objects.filter(project=project, number=1).delete()


def _drop_the_last(project: Project) -> None:
    last = AuditHead.objects.get(project=project).number
    AuditEntry.objects.filter(project=project, number=last).delete()


TAMPERINGS: dict[str, Callable[[Project], None]] = {
    "was changed": _change_one,
    "is missing": _drop_the_first,
    "the chain ends": _drop_the_last,
}


@pytest.mark.parametrize("fault", TAMPERINGS)
def test_verify_audit_names_the_first_fault(project: Project, fault: str) -> None:
    assert verify(project).fault is None
    TAMPERINGS[fault](project)
    found = verify(project).fault
    assert found is not None
    assert fault in found
    with pytest.raises(CommandError, match=fault):
        call_command("verify_audit", project.slug, stdout=StringIO())


def test_verify_audit_says_how_many_entries_are_sound(project: Project) -> None:
    out = StringIO()
    call_command("verify_audit", project.slug, stdout=out)
    assert f"{verify(project).entries} entries" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_leave_no_gap(project: Project, coordinator: User) -> None:
    """Sixty writes each from two threads: all there, in one unbroken chain."""
    writers, each = 2, 60
    before = verify(project).entries
    waits: list[float] = []
    faults: list[BaseException] = []
    together = threading.Barrier(writers)

    def write(writer: int) -> None:
        try:
            together.wait(timeout=10)
            for number in range(each):
                began = time.monotonic()
                add_organisation(
                    project=project,
                    name={"en": f"Group {writer}-{number}"},
                    sector="charity",
                    by=coordinator,
                )
                waits.append(time.monotonic() - began)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    longest = max(waits)
    print(
        f"{len(waits)} of {writers * each} writes by {writers} at once on {connection.vendor}: "
        f"the longest wait was {longest:.3f} s"
    )
    assert faults == []
    assert len(waits) == writers * each
    assert verify(project) == Verdict(entries=before + writers * each)


def test_who_changed_a_field_is_named_and_not_who_changed_the_record_last(
    project: Project, coordinator: User, client_of: Callable[[User], Client]
):
    """Gwen changes the place, Huw the contact: whoever meets Gwen's change reads her name."""
    mine = client_of(coordinator)
    Project.objects.update(scope=Translated.of("en", en="What can change"))
    gwen, huw = (
        find_or_add_person(email=f"{name}@bryn.example", name=name) for name in ("Gwen", "Huw")
    )
    for person in (gwen, huw):
        add_member(project=project, user=person, role="coordinator", by=person)
    old = mine.get(SETTINGS)
    for person, changes in (
        (gwen, {"place": "Bryn y Môr"}),
        (huw, {"contact_email": "h@b.example"}),
    ):
        client = client_of(person)
        assert client.post(SETTINGS, drawn(client.get(SETTINGS), **changes)).status_code == 302
    clash = mine.post(SETTINGS, drawn(old, place="Bryn y Coed")).content.decode()
    assert f"{gwen.display_name} changed this too" in clash
    clash = mine.post(SETTINGS, drawn(old, place="Bryn y Coed", contact_email="a@b.example"))
    page = clash.content.decode()
    assert "More than one person changed this too" in page
    assert f"({gwen.display_name})" in page
    assert f"({huw.display_name})" in page


def test_whoever_changed_it_in_another_window_is_told_so(
    project: Project, coordinator: User, client_of: Callable[[User], Client]
):
    mine, theirs = client_of(coordinator), client_of(coordinator)
    Project.objects.update(scope=Translated.of("en", en="What can change"))
    old = mine.get(SETTINGS)
    theirs.post(SETTINGS, drawn(theirs.get(SETTINGS), place="Bryn y Môr"))
    clash = mine.post(SETTINGS, drawn(old, place="Bryn y Coed"))
    assert "You changed this too, in another window" in clash.content.decode()
