"""What the ground floor doesn't know: the look and its components name nothing of the work."""

import re

from tests.architecture.sources import ROOT

# Words of the work, in the singular. Those that are also a page's or a form's own (action, need,
# change, concern, round, mark) are asked for only where they are the code of something.
NOUNS = (
    *("theme", "codebook", "coding", "comment", "engagement", "question", "survey", "submission"),
    *("workshop", "steering", "decision", "commitment", "committed", "agreed", "endorsed"),
    *("declined", "edition", "promise", "resident", "facilitator", "co-ordinator", "asset"),
    *("wording", "evidence", "finding", "withdraw", "withdrawn", "consent", "safeguarding"),
)
CODES = ("need", "change", "have", "worry", "draft", "plan")
KNOWN = re.compile(
    rf"(?<![a-z])(?:{'|'.join(NOUNS)})s?(?![a-z])|[\"'](?:{'|'.join(CODES)})[\"']", re.I
)
# Not ours: what Django and browsers call their own.
NOT_OURS = re.compile(r"import Promise|\| Promise|theme-color")
# The style page shows what others hand in.
SHOWS_SAMPLES = re.compile(r"ui/(samples/|style/|style\.html)")


def test_components_know_no_noun_of_the_work() -> None:
    looked, found = 0, []
    paths = [
        *(ROOT / "coproduction/ui").rglob("*.py"),
        *(ROOT / "templates/ui").rglob("*.*"),
        ROOT / "static/css/tokens.css",
    ]
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        if SHOWS_SAMPLES.search(name):
            continue
        looked += 1
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if known := KNOWN.search(NOT_OURS.sub("", line)):
                found.append(f"{name}:{number} knows of {known[0]}")
    assert looked > 60
    assert not found, "\n".join(found)


def test_a_noun_of_the_work_would_be_found() -> None:
    for line in ('"agreed": Status(', "{% if comments %}", "for Theme in", "'need'"):
        assert KNOWN.search(line), line
    for line in ("what is needed", "one may change it", "anthems", "a commented line"):
        assert not KNOWN.search(line), line
