"""The register, checked by the downloaded program in a Python that knows nothing of ours."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditEntry, AuditHead, Project, TrailHead, User
from coproduction.projects.trail.chaining import digest_of, head_to_sign, name_of_chain
from coproduction.projects.trail.register import full_register, public_register
from coproduction.projects.trail.signing import replace_key, signature_of
from coproduction.projects.trail.verification import verify

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PROGRAM = Path(settings.BASE_DIR, "static", "trail", "check_trail.py")
Lines = list[dict[str, Any]]


@pytest.fixture
def head(project: Project, coordinator: User) -> TrailHead:
    """A head that was given out in the midst of a chain of some length."""
    for number in range(6):
        with recorded(project=project, by=coordinator) as ledger:
            ledger.record("test.changed", subject=project, now={"answer": "agree", "n": number})
            if number == 3:
                given = ledger.give_out_head()
    return given


def check(tmp_path: Path, lines: list[str], *options: str) -> tuple[int, str]:
    """Run the program on a register; return how it ended, and what it said."""
    file = tmp_path / "register.jsonl"
    file.write_text("".join(lines))
    # Isolated, and without what is installed: the standard library alone.
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(PROGRAM), str(file), *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert "Traceback" not in run.stderr, run.stderr
    return run.returncode, run.stdout


def test_a_right_register_passes(project: Project, head: TrailHead, tmp_path: Path) -> None:
    known = ("--key", head.key, "--head", f"{head.number}:{head.digest}")
    code, said = check(tmp_path, list(full_register(project)))
    assert code == 0
    assert f"{verify(project).entries} entries, unbroken; 2 heads signed." in said
    assert "Give --key and --head" in said
    code, said = check(tmp_path, list(full_register(project)), *known)
    assert (code, "Give --key" in said) == (0, False)
    code, said = check(tmp_path, list(public_register(project)), *known)
    assert (code, said) == (0, f"{head.number} entries, unbroken; 1 heads signed.\n")


def test_the_hashes_tell_nothing_of_what_was_done(project: Project, head: TrailHead) -> None:
    lines = [json.loads(line) for line in public_register(project)]
    assert len(lines) == 1 + head.number
    assert {frozenset(line) for line in lines[1:]} == {
        frozenset({"number", "previous", "sealed", "digest"})
    }


def test_entries_from_before_there_were_salts_are_checked_and_not_published(
    project: Project, head: TrailHead, tmp_path: Path
) -> None:
    first = AuditEntry.objects.get(project=project, number=1)
    assert first.form == 2
    _write_anew_in_the_old_form(project)
    assert verify(project).faults == ()
    assert check(tmp_path, list(full_register(project)))[0] == 0
    lines = [json.loads(line) for line in public_register(project)]
    assert [line["number"] for line in lines[1:]] == list(range(3, head.number + 1))
    assert check(tmp_path, list(public_register(project)))[0] == 0


def _write_anew_in_the_old_form(project: Project) -> None:
    """Make the first two entries what they would have been, and the rest follow them."""
    chain, previous = name_of_chain(project), ""
    for entry in AuditEntry.objects.filter(project=project).order_by("number"):
        entry.previous = previous
        if entry.number < 3:
            entry.form, entry.salt = 1, ""
        previous = digest_of(entry, chain)
        AuditEntry.objects.filter(pk=entry.pk).update(
            form=entry.form, salt=entry.salt, previous=entry.previous, digest=previous
        )
        for kind in (TrailHead, AuditHead):
            signed = signature_of(head_to_sign(chain, entry.number, previous))
            kind.objects.filter(project=project, number=entry.number).update(
                digest=previous, key=signed.key, signature=signed.signature
            )


def _change(name: str, value: Any, place: int = 4) -> Callable[[Lines], None]:
    """Return what changes one thing of one entry."""

    def tamper(lines: Lines) -> None:
        lines[place][name] = value

    return tamper


def _drop(lines: Lines) -> None:
    del lines[3]


def _swap(lines: Lines) -> None:
    lines[3], lines[4] = lines[4], lines[3]


def _renumber(lines: Lines) -> None:
    lines[3]["number"], lines[4]["number"] = lines[4]["number"], lines[3]["number"]


def _repeat(lines: Lines) -> None:
    lines.insert(4, lines[3])


def _cut(lines: Lines) -> None:
    del lines[-2:]


def _behead(lines: Lines) -> None:
    del lines[1:3]


def _forge_head(lines: Lines) -> None:
    lines[0]["heads"][0]["digest"] = "0" * 64


def _forge_signature(lines: Lines) -> None:
    lines[0]["heads"][0]["signature"] = lines[0]["heads"][1]["signature"]


def _seal(lines: Lines) -> None:
    """Put the true hash of what an entry says beside what it says now."""
    entry = lines[3]
    apart = ("salt", "previous", "digest")
    said = {name: entry[name] for name in entry if name not in apart}
    written = json.dumps(said, sort_keys=True, separators=(",", ":"))
    entry["sealed"] = hashlib.sha256(f"{entry['salt']}\n{written}".encode()).hexdigest()
    entry["verb"] = "test.other"


def _unsign(lines: Lines) -> None:
    lines[0]["heads"][-1]["signature"] = ""


def _other_key(lines: Lines) -> None:
    lines[0]["keys"] = []


def _no_register(lines: Lines) -> None:
    lines[0] = {"something": "else"}


def _not_an_entry(lines: Lines) -> None:
    lines[2] = {"number": "two"}


TAMPERINGS: dict[str, tuple[Callable[[Lines], None], str]] = {
    "verb": (_change("verb", "test.other"), "was changed"),
    "at": (_change("at", "2020-01-01T00:00:00+00:00"), "was changed"),
    "by": (_change("by", None), "was changed"),
    "now": (_change("now", {"answer": "object"}), "was changed"),
    "was": (_change("was", {"answer": "object"}), "was changed"),
    "subject": (_change("subject", ["steering.round", "1"]), "was changed"),
    "digests": (_change("digests", {"steering.response:1": "1:00"}), "was changed"),
    "salt": (_change("salt", "00"), "was changed"),
    "digest": (_change("digest", "0" * 64), "was changed"),
    "previous": (_change("previous", "0" * 64), "does not follow"),
    "form": (_change("form", 1), "was changed"),
    "deleted": (_drop, "are missing"),
    "exchanged": (_swap, "stands after entry"),
    "renumbered": (_renumber, "was changed"),
    "repeated": (_repeat, "stands after entry"),
    "cut off": (_cut, "The register ends at"),
    "beheaded": (_behead, "are missing"),
    "head": (_forge_head, "is not that of the entries"),
    "signature": (_forge_signature, "does not bear its signature"),
    "sealed": (_seal, "was changed"),
    "unsigned": (_unsign, "is not signed"),
    "keys": (_other_key, "signed with no key that the register names"),
    "no register": (_no_register, "not the register of a trail"),
    "no entry": (_not_an_entry, "can't be read"),
}


def test_each_tampering_fails_with_a_sentence(
    project: Project, head: TrailHead, tmp_path: Path, say: Callable[[str], None]
) -> None:
    lines = list(full_register(project))
    found = 0
    for name, (tamper, sentence) in TAMPERINGS.items():
        forged: Lines = [json.loads(line) for line in lines]
        tamper(forged)
        code, said = check(tmp_path, [f"{json.dumps(line)}\n" for line in forged])
        assert code == 1, name
        assert sentence in said, (name, said)
        found += 1
    say(f"the downloaded check found {found} of {len(TAMPERINGS)} forged registers")
    assert found == 24


def test_one_that_was_written_anew_fails_by_what_was_printed(
    project: Project, head: TrailHead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It fits in itself, and is signed with the key that it names: only what is elsewhere tells."""
    known = f"{head.number}:{head.digest}"
    key = head.key
    # Other tests go on with the key that their project's trail is signed with.
    own = shutil.copytree(settings.TRAIL_KEYS, tmp_path / "keys")
    monkeypatch.setattr(settings, "TRAIL_KEYS", str(own))
    replace_key()
    AuditEntry.objects.filter(project=project, number=2).update(verb="test.forged")
    _write_anew_in_the_old_form(project)
    lines = list(full_register(project))
    assert check(tmp_path, lines)[0] == 0
    code, said = check(tmp_path, lines, "--head", known)
    assert (code, "does not have the digest that you gave" in said) == (1, True)
    code, said = check(tmp_path, lines, "--key", key)
    assert (code, "signed with no key that you gave" in said) == (1, True)
    code, said = check(tmp_path, lines[:4], "--head", known)
    assert (code, f"before yours, {head.number}" in said) == (1, True)


def test_the_pages_give_what_the_program_takes(
    client_of: Callable[..., Client],
    coordinator: User,
    project: Project,
    head: TrailHead,
    tmp_path: Path,
) -> None:
    public = Client()
    page = public.get("/bryn/trail/").content.decode()
    assert head.digest in page
    assert head.key in page
    assert f"{settings.STATIC_URL}trail/check_trail.py" in page
    assert {"key": head.key} in [
        {"key": each["key"]} for each in public.get("/bryn/trail/keys.json").json()["keys"]
    ]
    hashes = b"".join(public.get("/bryn/trail/register.jsonl").streaming_content).decode()
    assert check(tmp_path, [hashes], "--head", f"{head.number}:{head.digest}")[0] == 0
    before = AuditEntry.objects.filter(project=project).count()
    whole = client_of(coordinator).get("/bryn/settings/audit/register.jsonl")
    text = b"".join(whole.streaming_content).decode()
    assert check(tmp_path, [text])[0] == 0
    # That it was taken out is in it.
    assert len(text.splitlines()) == 1 + before + 1
    assert json.loads(text.splitlines()[-1])["verb"] == "projects.register_taken_out"
    for secret in ("@", coordinator.display_name):
        assert secret not in text
