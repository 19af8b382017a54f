"""A project in which every kind of row was decided that the trail attests, and ways to forge it."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from coproduction.projects.models import Attested, AuditEntry, AuditHead, Project, TrailHead
from coproduction.projects.trail.chaining import digest_of, head_to_sign, name_of_chain
from coproduction.projects.trail.verification import Verdict, attested_models, verify
from engagements.services.import_batch import start_import
from engagements.services.withholding import withdraw_comment
from plan.models import Edition
from steering.models import Seat
from steering.services.answer import give_answer
from steering.services.confirmation import confirm_answer
from steering.services.meeting import call_meeting
from steering.services.minutes import correct_minutes, seal_meeting
from tests.plan.story import Story, make_story
from tests.steering.group import make_round, make_sealable
from workshops.services.action import reword_action


def make_decided(project: Project) -> Story:
    """Make a small plan, published twice, and everything else that the trail attests."""
    story = make_story(project)
    story.finish_files(story.publish())
    for comment in (story.swings, story.club):
        withdraw_comment(comment=comment, by=story.coordinator)
        story.follow_up()
    story.finish_files(Edition.objects.get())
    story.agree(story.propose("Plant trees", lead=story.mend.wordings.get().lead).wordings.get())
    story.finish_files(story.publish())
    for days, said in ((9, "We met."), (8, "We met again.")):
        meeting = call_meeting(
            project=project,
            date=timezone.localdate() - timedelta(days=days),
            place="Hall",
            agenda=["Swings"],
            by=story.chair,
        )
        sealed = seal_meeting(meeting=make_sealable(meeting, story.chair, said), by=story.chair)
        correct_minutes(meeting=sealed, text=f"Not so: {said}", by=story.chair)
    round = make_round(story.propose("Open the hall").wordings.get(), story.chair)
    for seat in Seat.objects.of(project).order_by("pk")[:3]:
        written = give_answer(round=round, seat=seat, answer="agree", how="phone", by=story.chair)
        if seat.pk % 3:
            confirm_answer(response=written, by=seat.user)
    _reword(story)
    story.commit(story.open_club)
    for text in (b"text\nThe park\n", b"text\nThe bus\n"):
        start_import(
            engagement=story.swings.engagement,
            file=BytesIO(text),
            name="said.csv",
            by=story.coordinator,
        )
    return story


def _reword(story: Story) -> None:
    """Give an action a second wording, which nobody was asked about."""
    wording = story.pool.wordings.get()
    reword_action(
        action=story.pool,
        title={"en": "Fill the small pool", "cy": "Llenwi'r pwll bach"},
        text=wording.text.entries and {"en": "Soon.", "cy": "Cyn hir."},
        lead=wording.lead,
        supporting=[wording.lead] if wording.lead is None else [],
        timescale=wording.timescale,
        timescale_note={"en": "By June", "cy": "Erbyn Mehefin"},
        by=story.facilitator,
    )


class Forger:
    """Somebody with the whole database at hand: each forgery is undone once it was looked at."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.tried: dict[str, int] = {}
        # What the database itself did not let happen.
        self.refused: dict[str, int] = {}

    def try_out(self, kind: str, forge: Callable[[], Any], *named: str) -> Verdict | None:
        """Forge, and check: some fault holds each of the words named."""
        verdict = None
        try:
            with transaction.atomic():
                with transaction.atomic():
                    forge()
                verdict = verify(self.project)
                transaction.set_rollback(True)
        except IntegrityError:
            self.refused[kind] = self.refused.get(kind, 0) + 1
            return None
        for words in named:
            assert any(words in fault for fault in verdict.faults), (kind, words, verdict.faults)
        assert verdict.faults, kind
        self.tried[kind] = self.tried.get(kind, 0) + 1
        return verdict

    def rows(self) -> Iterator[tuple[type[Attested], list[Attested]]]:
        """Yield each kind that the trail attests, with its rows."""
        for model in attested_models():
            rows = model.rows_to_attest().filter(**{model.path_to_project: self.project})
            yield model, [row for row in rows if row.is_attested]

    def rechain(self, entries: list[AuditEntry]) -> AuditEntry:
        """Write the chain anew from some entries on; return the last."""
        chain = name_of_chain(self.project)
        for entry in entries:
            before = AuditEntry.objects.get(project=self.project, number=entry.number - 1)
            entry.previous = before.digest
            entry.digest = digest_of(entry, chain)
            AuditEntry.objects.filter(pk=entry.pk).update(
                previous=entry.previous,
                digest=entry.digest,
                now=entry.now,
                digests=entry.digests,
                verb=entry.verb,
            )
        last = entries[-1]
        AuditHead.objects.filter(project=self.project).update(
            number=last.number, digest=last.digest
        )
        return last

    def sign_anew(self, own: Ed25519PrivateKey) -> None:
        """Sign every head with a key of the forger's own."""
        public = own.public_key().public_bytes_raw().hex()
        chain = name_of_chain(self.project)
        heads = [*TrailHead.objects.filter(project=self.project)]
        for head in (*heads, AuditHead.objects.get(project=self.project)):
            entry = AuditEntry.objects.get(project=self.project, number=head.number)
            signature = own.sign(head_to_sign(chain, head.number, entry.digest).encode()).hex()
            type(head).objects.filter(pk=head.pk).update(
                digest=entry.digest, key=public, signature=signature
            )


OTHERS: dict[type[models.Field], Callable[[Any], Any]] = {
    models.UUIDField: lambda _value: uuid.uuid4(),
    models.JSONField: lambda value: (
        [*value, "x"]
        if isinstance(value, list)
        else {**getattr(value, "entries", value or {}), "x": {"text": "x"}}
    ),
    models.DateTimeField: lambda value: (value or timezone.now()) + timedelta(seconds=1),
    models.DateField: lambda value: (value or date(2024, 1, 1)) + timedelta(days=1),
    models.TimeField: lambda _value: time(3, 33),
    models.IntegerField: lambda value: (value or 0) + 1,
}


def other_value(row: models.Model, name: str) -> Any:
    """Return something else than what stands in a column."""
    field, value = row._meta.get_field(name), getattr(row, name)
    if field.is_relation:
        others = field.related_model._base_manager.exclude(pk=value.pk if value else None)
        return others.order_by("-pk").first()
    for kind, other in OTHERS.items():
        if isinstance(field, kind):
            return other(value)
    if isinstance(field, models.CharField | models.TextField | models.FileField):
        return f"{value}x" if len(str(value)) < (field.max_length or 500) else str(value)[:-1]
    return {**getattr(value, "entries", {}), "en": {"text": "Something else"}}
