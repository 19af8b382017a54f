"""Sending letters over a real mail server, which may be away, refuse some, or hang up."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from coproduction.jobs.claims import ClaimLost
from coproduction.jobs.models import Job
from coproduction.projects.models import Letter, Project
from coproduction.projects.services import sending
from coproduction.projects.services.letter import (
    SEND_LETTERS,
    Draft,
    requeue_letter,
    write_letters,
)
from coproduction.projects.services.sending import hold_letters_of_backup, send_due_letters
from tests.letters import send_what_waits
from tests.mail_server import Moods, running

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


@pytest.fixture
def server(settings: Any) -> Iterator[Moods]:
    """Send this test's mail to a real server."""
    settings.EMAIL_BACKEND = "coproduction.projects.mail_server.SmtpBackend"
    moods = Moods()
    with running(moods) as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield moods


@pytest.fixture
def no_server(settings: Any) -> None:
    """Send this test's mail where nobody listens."""
    settings.EMAIL_BACKEND = "coproduction.projects.mail_server.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def write(project: Project | None, *names: str, **options: Any) -> list[Letter]:
    """Write one letter to each of these people."""
    drafts = [Draft(f"{name}@bryn.example", "Asked\nagain", "Please", "en") for name in names]
    return write_letters(project=project, kind="a_kind", drafts=drafts, **options)


def send() -> dict[str, int]:
    """Send once what is due."""
    return {
        state: count for state, count in send_due_letters(confirm=lambda: None).items() if count
    }


def later() -> None:
    """Let the time pass that letters wait which were tried in vain."""
    Letter.objects.waiting().update(next_try_at=timezone.now() - SOON)


def states() -> Counter[str]:
    """Count the letters by what became of them."""
    return Counter(Letter.objects.values_list("state", flat=True))


def test_a_server_that_refuses_the_sixth_of_twelve_gets_each_once(
    project: Project, server: Moods, say: Callable[[str], None]
) -> None:
    names = [f"member-{number}" for number in range(1, 13)]
    write(project, *names)
    server.busy_at = {6: "451 too many messages"}
    assert send() == {"sent": 11, "waiting": 1}
    assert Letter.objects.waiting().get().to == "member-6@bryn.example"
    later()
    assert send() == {"sent": 1}
    assert send() == {}
    doubled = len(server.taken) - len(set(server.addresses))
    say(f"{len(server.taken)} delivered, {states()['uncertain']} uncertain, {doubled} doubled")
    assert sorted(server.addresses) == sorted(f"{name}@bryn.example" for name in names)
    assert states() == {"sent": 12}


def test_a_server_that_is_busy_for_long_gets_each_once_all_the_same(
    project: Project, server: Moods
) -> None:
    write(project, *(f"member-{number}" for number in range(12)))
    server.busy_at = dict.fromkeys(range(6, 31), "451 too many messages")
    runs = 0
    while Letter.objects.waiting().exists():
        runs += 1
        send()
        later()
    assert runs > 3
    assert len(server.addresses) == len(set(server.addresses)) == 12


def test_a_server_that_leaves_with_its_answer_gets_the_rest_over_another_connection(
    project: Project, server: Moods
) -> None:
    write(project, *(f"member-{number}" for number in range(4)))
    server.busy_at = {2: "421 closing"}
    assert send() == {"sent": 3, "waiting": 1}
    assert len(server.addresses) == 3


def test_a_letter_that_is_refused_keeps_nobody_elses_from_going(
    project: Project, server: Moods, caplog: pytest.LogCaptureFixture
) -> None:
    write(project, "mair", "gone", "greylisted", "dai")
    assert send() == {"sent": 2, "refused": 1, "waiting": 1}
    later()
    assert send() == {"sent": 1}
    assert Counter(server.addresses).most_common(1)[0][1] == 1
    refused = Letter.objects.get(state="refused")
    # Somebody has to look at the address.
    assert (refused.to, refused.smtp_code) == ("gone@bryn.example", 550)
    assert "550" in caplog.text
    assert "bryn.example" not in caplog.text


def test_a_letter_refused_after_it_was_read_is_refused(project: Project, server: Moods) -> None:
    write(project, "mair", "dai")
    server.busy_at = {1: "554 not here"}
    assert send() == {"refused": 1, "sent": 1}


@pytest.mark.parametrize("answer", ["251 forwarded", "299 as you like"])
def test_another_way_to_say_yes_is_a_yes(project: Project, server: Moods, answer: str) -> None:
    write(project, "mair")
    server.busy_at = {1: answer}
    assert send() == {"sent": 1}


def test_a_connection_that_ends_before_the_letter_left_loses_nothing(
    project: Project, server: Moods
) -> None:
    write(project, "hangs-up", "dai")
    assert send() == {"waiting": 1, "sent": 1}
    assert server.addresses == ["dai@bryn.example"]


def test_a_connection_that_ends_before_the_answer_leaves_it_uncertain_and_sends_it_no_more(
    project: Project, server: Moods
) -> None:
    (first, _other) = write(project, "cut-off", "dai")
    assert send() == {"uncertain": 1}
    later()
    assert send() == {"sent": 1}
    later()
    assert send() == {}
    assert Counter(server.addresses) == {"cut-off@bryn.example": 1, "dai@bryn.example": 1}
    uncertain = Letter.objects.get(state="uncertain")
    assert uncertain.message_id == first.message_id == server.taken[0]["Message-ID"]
    assert (uncertain.to, uncertain.text) == ("cut-off@bryn.example", "Please")


def test_a_server_that_keeps_leaving_without_an_answer_makes_one_uncertain_and_lets_all_wait(
    project: Project, server: Moods
) -> None:
    write(project, *["cut-off"] * 12)
    runs = 0
    while Letter.objects.due().exists():
        runs += 1
        assert send() == {"uncertain": 1}
    assert runs == 1
    assert states() == {"uncertain": 1, "waiting": 11}
    # Nobody who asks for a code meanwhile has to wait for that.
    write(None, "anwen", is_urgent=True)
    assert send() == {"sent": 1}


def test_what_a_run_that_was_cut_short_was_at_is_uncertain(project: Project, server: Moods) -> None:
    write(project, "mair", "dai")
    Letter.objects.filter(to__startswith="mair").update(
        state="sending", claim="5f1c9b4e-0f6b-4c52-9d4e-0a1b2c3d4e5f", claimed_at=timezone.now()
    )
    assert send() == {"uncertain": 1, "sent": 1}
    assert server.addresses == ["dai@bryn.example"]


def test_what_waited_in_a_backup_that_was_put_back_is_sent_by_nobody_unasked(
    project: Project, server: Moods
) -> None:
    write(project, "mair", "dai", "nia")
    write(project, "too-late", expires_at=timezone.now())
    write(None, "anwen", is_urgent=True)
    claimed = {"claim": "5f1c9b4e-0f6b-4c52-9d4e-0a1b2c3d4e5f", "claimed_at": timezone.now()}
    Letter.objects.filter(to__startswith="dai").update(state="sending", **claimed)
    Letter.objects.filter(to__startswith="nia").update(state="refused", smtp_code=550)
    for _twice in range(2):
        hold_letters_of_backup()
        assert states() == {"uncertain": 3, "refused": 1, "dropped": 1}
    assert send() == {}
    assert server.addresses == []
    waited, cut_off = Letter.objects.filter(state="uncertain").exclude(text="").order_by("pk")
    assert (waited.to, waited.waited_in_backup) == ("mair@bryn.example", True)
    assert (cut_off.to, cut_off.waited_in_backup) == ("dai@bryn.example", False)
    # Whoever decides to send one sends it, once, by the name it had.
    assert requeue_letter(uuid=waited.uuid, to=waited.to)
    assert send() == {"sent": 1}
    assert server.taken[0]["Message-ID"] == waited.message_id


def test_a_run_thought_dead_that_ends_well_after_all_says_that_its_letter_went(
    project: Project, server: Moods, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, "mair", "dai")
    hand_over = sending.MailServer.hand_over

    def slow(self: Any, letter: Letter) -> Any:
        monkeypatch.undo()
        assert send() == {"uncertain": 1, "sent": 1}  # Another run began meanwhile.
        return hand_over(self, letter)

    monkeypatch.setattr(sending.MailServer, "hand_over", slow)
    assert send() == {"sent": 1}
    assert states() == {"sent": 2}
    assert len(server.addresses) == 2


def test_a_run_that_lost_its_job_takes_up_no_letter(project: Project, server: Moods) -> None:
    write(project, "mair")

    def lost() -> None:
        raise ClaimLost

    with pytest.raises(ClaimLost):
        send_due_letters(confirm=lost)
    assert (states(), server.taken) == ({"waiting": 1}, [])


@pytest.mark.usefixtures("no_server")
def test_while_the_server_is_away_all_wait_longer_each_time_and_are_given_up_after_a_day(
    project: Project, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.JOBS_SWEEP_SECONDS = 2
    write(project, "mair", "dai")
    waits = []
    for _time in range(14):
        later()
        began = timezone.now()
        assert send() == {}
        (turn,) = set(Letter.objects.values_list("next_try_at", flat=True))
        waits.append(round((turn - began).total_seconds()))
    assert waits[:4] == [4, 8, 16, 32]
    assert waits[-3:] == [1800] * 3
    Letter.objects.update(tried_until=timezone.now())
    later()
    send()
    assert states() == {"refused": 2}
    assert set(Letter.objects.values_list("smtp_code", flat=True)) == {None}
    assert "ConnectionRefusedError" in caplog.text
    assert "bryn.example" not in caplog.text


def test_a_letter_refused_for_now_for_a_day_is_given_up(project: Project, server: Moods) -> None:
    write(project, "greylisted")
    Letter.objects.update(tried_until=timezone.now())
    assert send() == {"refused": 1}
    assert Letter.objects.get().smtp_code == 450


@pytest.mark.usefixtures("no_server")
def test_a_letter_that_waits_is_queued_for_its_turn_or_its_end_whichever_is_first(
    project: Project,
) -> None:
    write(project, "mair")
    Job.objects.all().delete()
    send()
    turn = Letter.objects.get().next_try_at
    job = Job.objects.get(task=SEND_LETTERS)
    assert abs((job.wake_at - turn).total_seconds()) < 1
    Letter.objects.update(next_try_at=timezone.now() + 2 * SOON)
    write(project, "dai", expires_at=timezone.now() + SOON)
    Letter.objects.filter(to__startswith="dai").update(next_try_at=timezone.now() + 3 * SOON)
    Job.objects.all().delete()
    send()
    wait = (Job.objects.get().wake_at - timezone.now()).total_seconds()
    assert 250 < wait <= 300


def test_nothing_is_queued_when_nothing_waits(project: Project, server: Moods) -> None:
    write(project, "mair")
    send_what_waits()
    assert Job.objects.get(task=SEND_LETTERS).result == {"sent": 1}


def test_what_somebody_sits_and_waits_for_goes_first(project: Project, server: Moods) -> None:
    write(project, "mair", "dai")
    write(None, "anwen", is_urgent=True)
    send()
    assert server.addresses[0] == "anwen@bryn.example"


def test_a_letter_whose_moment_is_over_is_dropped_without_its_words(
    project: Project, server: Moods
) -> None:
    write(project, "mair", expires_at=timezone.now())
    write(project, "dai", expires_at=timezone.now() + SOON)
    assert send() == {"dropped": 1, "sent": 1}
    assert server.addresses == ["dai@bryn.example"]


def test_a_letter_that_was_sent_keeps_neither_words_nor_address(
    project: Project, server: Moods
) -> None:
    write(project, "mair")
    send()
    row = str(Letter.objects.values())
    assert "bryn.example" not in row
    assert "Please" not in row
    message = server.taken[0]
    assert message["Subject"] == "Asked again"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["Date"]


@pytest.mark.parametrize("name", ["gone", "cut-off"])
def test_nobodys_letter_is_forgotten_whatever_became_of_it(
    project: Project, server: Moods, name: str
) -> None:
    write(None, name)
    assert send() in ({"refused": 1}, {"uncertain": 1})
    assert Letter.objects.get().text == ""


def test_an_address_that_no_message_can_bear_keeps_nobody_elses_from_going(
    project: Project, server: Moods
) -> None:
    write(project, "mair", "a b c@", "dai")
    assert send() == {"sent": 2, "refused": 1}


def test_a_run_that_takes_long_stops_and_has_another_go_on(
    project: Project, server: Moods, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LONGEST_RUN_SECONDS", 0.05)
    server.pause = 0.1
    write(project, "mair", "dai")
    Job.objects.all().delete()
    assert send() == {"sent": 1}
    assert Job.objects.due().get().task == SEND_LETTERS


def test_rows_that_nobody_asks_about_are_removed(
    project: Project, server: Moods, settings: Any
) -> None:
    settings.JOBS_KEPT_DAYS = 30
    write(project, "mair", "gone")
    write(None, "gone")
    send()
    assert states() == {"sent": 1, "refused": 2}
    Letter.objects.update(written_at=timezone.now() - timedelta(days=31))
    write(project, "dai")
    send()
    # What a person has to decide about stays until they did.
    assert sorted(Letter.objects.values_list("state", "to")) == [
        ("refused", "gone@bryn.example"),
        ("sent", ""),
    ]
