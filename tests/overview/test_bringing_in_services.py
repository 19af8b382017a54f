"""A project's archive comes in as it went out; one that was spoilt leaves nothing behind."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from coproduction.projects.models import AuditEntry, Project, User
from coproduction.projects.trail.came import CameWith, came_with
from coproduction.projects.trail.signing import public_keys
from coproduction.projects.trail.verification import verify
from engagements.models import Comment, Method, Submission
from engagements.services.engagement import plan_engagement
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, add_submission
from overview.archive import shape
from overview.archive.refusals import (
    ArchiveDamaged,
    ArchiveRefused,
    ArchiveTooNew,
    NoArchive,
    NotAnArchiveAddress,
    ProjectIsHere,
)
from overview.queries.archive import write_archive
from overview.services.bringing_in import bring_in
from plan.models import Edition
from plan.queries.masking import mask_of
from steering.models import Commitment, Round
from steering.queries.round_evidence import digests_of_evidence, evidence_since
from tests.overview.archives import (
    Members,
    all_rows,
    changed,
    counts,
    members_of,
    pack,
    rows_of,
    told,
    with_lines,
)

pytestmark = pytest.mark.django_db


def as_before(rows: list[Any], before: list[Any], name: str) -> list[Any]:
    """Return rows with what one value was before."""
    return [row | {name: was[name]} for row, was in zip(rows, before, strict=True)]


def test_what_came_in_goes_out_as_it_was(
    decided_archive: Path, files: Path, tmp_path: Path, say: Callable[[str], None]
) -> None:
    came = bring_in(path=decided_archive)
    assert (came.is_copy, came.faults) == (False, ())
    assert verify(came.project).faults == ()
    call_command("check_counts")
    again = tmp_path / "again.zip"
    write_archive(came.project, again)

    before, after = all_rows(decided_archive), all_rows(again)
    compared = 0
    for label, rows in before.items():
        if label in {"projects.AuditHead", "steering.Round"}:
            continue
        theirs = after[label][: len(rows)]
        if label in {"steering.Confirmation", "steering.MinutesCorrection"}:
            theirs = as_before(theirs, rows, "called")
        if label == "steering.Commitment":
            theirs = as_before(theirs, rows, "address_stays")
        assert theirs == rows, label
        compared += sum(map(len, rows))
        # The trail goes on: it came, and what was adapted.
        assert len(after[label]) - len(rows) == (2 if label == "projects.AuditEntry" else 0), label
    for was, is_now in zip(before["steering.Round"], after["steering.Round"], strict=True):
        assert is_now["evidence_here"] == was["evidence_here"]
        assert is_now | {"evidence": 0} == was | {"evidence": 0}
    say(f"{compared} values compared")
    assert compared > 2_500
    names = {each["name"] for each in json.loads(members_of(again)["manifest.json"])["files"]}
    assert len(names) == came.files == 6
    assert all((files / name).is_file() for name in names)
    assert json.loads(members_of(again)["manifest.json"])["deleted"]


def test_the_keys_here_are_others_and_what_points_to_them_follows(
    decided_archive: Path, files: Path, other_project: Project, other_coordinator: User
) -> None:
    # Something is here already, so that no number is the same.
    questions = ensure_questions(project=other_project, by=other_coordinator)
    event = plan_engagement(
        project=other_project,
        title="Fair",
        method=Method.EVENT,
        place="The green",
        date=date(2024, 5, 4),
        by=other_coordinator,
    )
    for number in range(3):
        said = CommentDraft(questions["need"], f"Said before, {number}.", {})
        add_submission(engagement=event, comments=[said], by=other_coordinator)
    here = bring_in(path=decided_archive).project
    assert Comment.objects.of(here).exclude(submission__project=here).count() == 0
    assert Comment.objects.of(other_project).count() == 3
    entries = AuditEntry.objects.filter(project=here, verb="engagements.comment_withdrawn")
    for entry in entries:
        assert Comment.objects.get(pk=entry.subject_key).project == here
        assert entry.subject_key != entry.subject_id
    assert len(entries) == 2
    rounds = list(Round.every.filter(project=here).select_related("wording"))
    since = evidence_since(rounds, digests_of_evidence(each.wording.action_id for each in rounds))
    assert all(each.reworded == each.taken_off == 0 for each in since.values())
    assert any(each.shown for each in since.values())
    assert verify(here).faults == ()


def test_a_copy_is_a_project_of_its_own(decided_archive: Path, files: Path) -> None:
    first = bring_in(path=decided_archive).project
    with pytest.raises(ProjectIsHere):
        bring_in(path=decided_archive)
    came = bring_in(path=decided_archive, slug="copy")
    assert came.is_copy
    copy = came.project
    assert verify(copy).faults == verify(first).faults == ()
    call_command("check_counts")
    shown = [
        [len(mask.quotes) + len(mask.notes) for mask in map(mask_of, Edition.objects.of(each))]
        for each in (first, copy)
    ]
    assert shown[0] == shown[1]
    assert any(shown[0])
    uuids, receipts = (
        [set(Submission.objects.of(each).values_list(name, flat=True)) for each in (first, copy)]
        for name in ("uuid", "receipt")
    )
    assert len(uuids[0]) == len(uuids[1])
    assert not uuids[0] & uuids[1]
    assert not receipts[0] & receipts[1]


def test_old_keys_come_along_and_count_for_that_chain_alone(
    decided_archive: Path, files: Path, project: Project
) -> None:
    members = members_of(decided_archive)
    came = bring_in(path=decided_archive, slug="elsewhere").project
    known = came_with(str(came.uuid))
    said = json.loads(members["manifest.json"])["keys"]
    assert [[each.key, each.begun] for each in known.keys] == said
    assert known.until == rows_of(decided_archive, "projects.AuditHead")[0]["number"]
    assert came_with(str(project.uuid)) == CameWith()
    assert [each.key for each in public_keys()] == [key for key, _begun in said]


def test_nobody_can_sign_in_until_invited_again(decided_archive: Path, files: Path) -> None:
    before = User.objects.count()
    bring_in(path=decided_archive)
    people = User.objects.filter(came_along=True)
    assert people.count() == User.objects.count() - before > 3
    for person in people:
        assert not person.is_active
        assert person.name
        assert person.email == f"{person.uuid}@people.invalid"
        assert not person.has_usable_password()
    raw = b"".join(members_of(decided_archive).values())
    assert b"@bryn.example" not in raw
    assert Commitment.objects.exclude(contact_email="").count() == 0


@pytest.mark.parametrize("slug", ["projects", "Not one", "x" * 61])
def test_an_address_that_is_none_is_refused(decided_archive: Path, files: Path, slug: str) -> None:
    with pytest.raises(NotAnArchiveAddress):
        bring_in(path=decided_archive, slug=slug)


def _row(label: str, **values: Any) -> Callable[[Members], Members]:
    """Spoil the first row of a table."""
    return lambda members: changed(members, label, lambda rows: rows[0].update(values))


def _twice(members: Members) -> Members:
    return changed(members, "themes.Coding", lambda rows: rows.append(rows[0]))


def _of_another(members: Members) -> Members:
    return told(members, project=str(uuid4()))


def _without(label: str) -> Callable[[Members], Members]:
    def spoil(members: Members) -> Members:
        manifest = json.loads(members["manifest.json"])
        left = [part for part in manifest["tables"] if part["model"] != label]
        return told(members, tables=left)

    return spoil


def _other_table(members: Members) -> Members:
    manifest = json.loads(members["manifest.json"])
    part = {"model": "projects.Session", "rows": 0, "digest": "0" * 64}
    return told({**members, "rows/projects.Session.jsonl": b""}, tables=[*manifest["tables"], part])


def _file_called(name: str) -> Callable[[Members], Members]:
    def spoil(members: Members) -> Members:
        stored = json.loads(members["manifest.json"])["files"]
        return told(members, files=[stored[0] | {"name": name}, *stored[1:]])

    return spoil


_LINE = "rows/engagements.Comment.jsonl"
_SPOILT: dict[str, tuple[Callable[[Members], Members], type[ArchiveRefused]]] = {
    "another kind": (lambda members: told(members, kind="backup"), NoArchive),
    "a newer version": (lambda members: told(members, version=shape.VERSION + 1), ArchiveTooNew),
    "an older version": (lambda members: told(members, version=0), ArchiveDamaged),
    "no manifest": (lambda members: {_LINE: members[_LINE]}, NoArchive),
    "a manifest that is none": (lambda members: {**members, "manifest.json": b"{"}, ArchiveDamaged),
    "a deep manifest": (
        lambda members: {**members, "manifest.json": b"[" * 100_000},
        ArchiveDamaged,
    ),
    "more in the manifest": (lambda members: told(members, more=1), ArchiveDamaged),
    "a table less": (_without("themes.Coding"), ArchiveDamaged),
    "a table more": (_other_table, ArchiveDamaged),
    "a member more": (lambda members: {**members, "extra": b"x"}, ArchiveDamaged),
    "a way out": (lambda members: {**members, "../../etc/passwd": b"x"}, ArchiveDamaged),
    "an absolute name": (lambda members: {**members, "/etc/passwd": b"x"}, ArchiveDamaged),
    "a folder": (lambda members: {**members, "rows/": b""}, ArchiveDamaged),
    "a file with a way out": (_file_called("plans/../../x.pdf"), ArchiveDamaged),
    "a file with an absolute name": (_file_called("/etc/x.pdf"), ArchiveDamaged),
    "a file that nothing names": (_file_called("plans/other.pdf"), ArchiveDamaged),
    "other bytes of a file": (lambda members: {**members, "files/000000": b"x"}, ArchiveDamaged),
    "other lines": (lambda members: {**members, _LINE: b"{}\n"}, ArchiveDamaged),
    "broken JSON": (
        lambda members: with_lines(members, "engagements.Comment", b'{"a": \n'),
        ArchiveDamaged,
    ),
    "deep JSON": (
        lambda members: with_lines(members, "engagements.Comment", b"[" * 100_000 + b"\n"),
        ArchiveDamaged,
    ),
    "half a line": (
        lambda members: with_lines(members, "engagements.Comment", members[_LINE].rstrip(b"\n")),
        ArchiveDamaged,
    ),
    "a row twice": (_twice, ArchiveDamaged),
    "another project's": (_of_another, ArchiveDamaged),
    "two projects": (
        lambda members: changed(members, "projects.Project", lambda rows: rows.append(rows[0])),
        ArchiveDamaged,
    ),
    "a key out of it": (_row("themes.Coding", comment=10_000), ArchiveDamaged),
    "a key to nothing": (_row("themes.Coding", comment=0), ArchiveDamaged),
    "a key that is none": (_row("themes.Coding", comment=None), ArchiveDamaged),
    "a key below": (_row("themes.Coding", comment=-1), ArchiveDamaged),
    "a column more": (_row("themes.Coding", project=1), ArchiveDamaged),
    "a column less": (
        lambda members: changed(members, "themes.Coding", lambda rows: rows[0].pop("at")),
        ArchiveDamaged,
    ),
    "a number for words": (_row("engagements.Comment", text=5), ArchiveDamaged),
    "words too long": (_row("engagements.Engagement", title="x" * 151), ArchiveDamaged),
    "an end of text": (_row("engagements.Comment", text="a\0b"), ArchiveDamaged),
    "an end of text in JSON": (_row("steering.Meeting", agenda=["a\0b"]), ArchiveDamaged),
    "half a letter": (
        lambda members: with_lines(members, "engagements.Comment", b'{"text": "\\ud800"}\n'),
        ArchiveDamaged,
    ),
    "a choice that is none": (_row("projects.Membership", role="owner"), ArchiveDamaged),
    "a number too big": (_row("engagements.Engagement", people_heard=2**40), ArchiveDamaged),
    "a day that is none": (_row("engagements.Engagement", date="2026-02-30"), ArchiveDamaged),
    "a moment of nowhere": (_row("themes.Coding", at="2026-02-03T10:00:00"), ArchiveDamaged),
    "a uuid that is none": (_row("themes.Theme", uuid="x"), ArchiveDamaged),
    "texts that are none": (_row("themes.Theme", name={"en": "x"}), ArchiveDamaged),
    "an object for a list": (_row("steering.Meeting", agenda={"a": 1}), ArchiveDamaged),
    "an edition that is none": (_row("plan.Edition", snapshot={"shape": 5}), ArchiveDamaged),
    "evidence that is none": (_row("steering.Round", evidence_here=[["x"]]), ArchiveDamaged),
    "a decision put right": (
        _row("steering.Decision", outcome="not_taken_forward"),
        ArchiveDamaged,
    ),
    "a round put right": (_row("steering.Round", quorum=1), ArchiveDamaged),
    "an entry put right": (_row("projects.AuditEntry", verb="other.verb"), ArchiveDamaged),
    "another end": (_row("projects.AuditHead", digest="0" * 64), ArchiveDamaged),
    "no keys": (lambda members: told(members, keys=[["0" * 64, "2026-01-01"]]), ArchiveDamaged),
    "a confirmation put right": (_row("steering.Confirmation", means="code"), ArchiveDamaged),
    "a name that is none": (_row("steering.Confirmation", called="x"), ArchiveDamaged),
}


@pytest.mark.once
@pytest.mark.parametrize("how", _SPOILT)
def test_an_archive_that_was_spoilt_leaves_nothing(
    decided_archive: Path, files: Path, tmp_path: Path, how: str
) -> None:
    spoil, refusal = _SPOILT[how]
    spoilt = pack(tmp_path / "spoilt.zip", spoil(members_of(decided_archive)))
    before = counts()
    with pytest.raises(ArchiveRefused) as refused:
        bring_in(path=spoilt)
    assert type(refused.value) is refusal
    assert str(refused.value).endswith(".")
    assert counts() == before
    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_a_trail_that_does_not_hold_comes_in_as_it_stands(
    decided_archive: Path, files: Path, tmp_path: Path
) -> None:
    members = members_of(decided_archive)
    spoilt = pack(tmp_path / "spoilt.zip", _row("steering.Decision", outcome="sent_back")(members))
    came = bring_in(path=spoilt, as_it_stands=True)
    assert len(came.faults) == 1
    assert verify(came.project).faults == came.faults


def test_keys_of_this_database_go_on_after_what_came(decided_archive: Path, files: Path) -> None:
    came = bring_in(path=decided_archive).project
    last = Comment.objects.order_by("pk").last()
    assert last is not None
    first = Comment.objects.of(came).order_by("pk").first()
    copy = Comment.objects.get(pk=first.pk)
    copy.pk, copy.position = None, 900
    copy.save(force_insert=True)
    assert copy.pk > last.pk
    assert connection.is_usable()
