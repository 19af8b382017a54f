"""Complaints about data: taken in once, told of, answered once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduction.projects.models import AuditEntry, DataComplaint, Letter
from coproduction.projects.seen import ChangedMeanwhile, MadeAlready, Seen, SentForm
from coproduction.projects.services.complaint import (
    AnsweredAlready,
    acknowledge_complaint,
    answer_complaint,
    make_complaint,
)

pytestmark = pytest.mark.django_db
SAID = {"name": "Nia", "email": "nia@bryn.example", "text": "You kept my name.", "language": "cy"}


def test_one_that_comes_in_is_told_without_its_words(project, coordinator, deliver) -> None:
    complaint = make_complaint(project=project, **SAID)
    (letter,) = deliver()
    assert letter.to == [coordinator.email]
    assert "/bryn/settings/complaints/" in letter.body
    assert "Nia" not in letter.subject + letter.body
    assert SAID["text"] not in letter.body
    entry = AuditEntry.objects.get(verb="projects.complaint_received")
    assert (entry.by, entry.subject_id) == (None, str(complaint.uuid))
    assert complaint.is_new
    assert complaint.days_left == 30


def test_the_same_sending_is_one_complaint(project, coordinator) -> None:
    page = uuid4()
    sent = SentForm.of(page, SAID)
    made = make_complaint(project=project, sending=sent, **SAID)
    assert make_complaint(project=project, sending=sent, **SAID) == made
    other = SAID | {"text": "And my address."}
    with pytest.raises(MadeAlready):
        make_complaint(project=project, sending=SentForm.of(page, other), **other)
    assert DataComplaint.objects.count() == 1


def test_they_are_told_once_that_it_came_in_their_language(project, coordinator, deliver) -> None:
    complaint = make_complaint(project=project, **SAID)
    for _time in range(2):
        acknowledge_complaint(complaint=complaint, by=coordinator)
    letters = [letter for letter in deliver() if letter.to == ["nia@bryn.example"]]
    assert len(letters) == 1
    assert letters[0].subject.startswith("Mae eich cwyn gyda ni")
    assert complaint.state == DataComplaint.State.ACKNOWLEDGED


def test_an_answer_is_kept_and_sent_once(project, coordinator, deliver) -> None:
    complaint = make_complaint(project=project, **SAID | {"language": "en"})
    answer_complaint(complaint=complaint, reply=" We took it out. ", by=coordinator)
    complaint.refresh_from_db()
    assert (complaint.reply, complaint.by) == ("We took it out.", coordinator)
    assert complaint.acknowledged_at == complaint.answered_at
    assert any("We took it out." in letter.body for letter in deliver())
    assert not Letter.objects.exclude(text="").exists()
    with pytest.raises(AnsweredAlready):
        answer_complaint(complaint=complaint, reply="Again.", by=coordinator)


def test_an_answer_drawn_from_another_is_not_sent_unseen(project, coordinator) -> None:
    complaint = make_complaint(project=project, **SAID)
    DataComplaint.objects.filter(pk=complaint.pk).update(reply="Begun by somebody else.")
    with pytest.raises(ChangedMeanwhile):
        answer_complaint(
            complaint=complaint, reply="Mine.", by=coordinator, seen=Seen.of({"reply": ""})
        )


def test_the_days_that_are_left_are_those_of_the_calendar(project) -> None:
    complaint = make_complaint(project=project, **SAID)
    for days, left, late in ((0, 30, 0), (30, 0, 0), (33, -3, 3)):
        complaint.received_at = timezone.now() - timedelta(days=days)
        assert (complaint.days_left, complaint.days_late) == (left, late)


def test_the_database_refuses_an_answer_without_words(project) -> None:
    complaint = make_complaint(project=project, **SAID)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataComplaint.objects.filter(pk=complaint.pk).update(answered_at=timezone.now())
