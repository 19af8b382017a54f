"""Each fact has one home: a second spelling of it fails here."""

import ast
import importlib
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, modules

# What a query says of a comment that may be shown or quoted.
COMMENT_STATE = re.compile(r"(^|__)(withheld|quote_consent)(__|$)")
QUERIES = {"filter", "exclude", "get", "get_object_or_404", "Q", "aggregate", "annotate", "When"}
# Where a query may say it: its home; and the list that the team narrows by what hides a comment.
MAY_SAY_IT = {"engagements/models/comment.py", "engagements/queries/comment_selection.py"}
AGREED = re.compile(r"Outcome\.AGREED|outcome\W+agreed", re.IGNORECASE)
HASH = re.compile(r"\bhashlib\b|\bhmac\b|\bsha256\b|\bblake2")
DAY_ELSEWHERE = re.compile(
    r"\bdate\.today\b|\bdatetime\.(?:now|today|utcnow)\b|\.now\(\)\.date\(\)|\bfromtimestamp\("
)
HOMES = {
    # Asking whether something is agreed. What may be decided, and what was, is another question:
    # the outcomes themselves, the form that offers them and the service that records one.
    "agreed": (
        AGREED,
        [
            "steering/queries/agreement.py",
            "steering/forms/decision.py",
            "steering/services/decision.py",
        ],
    ),
    # Which questions are given. Editions of before are drawn as they were then; a note that is
    # taken at a workshop has a kind of that name too.
    "questions": (
        re.compile(r"[\"'](?:asset|need|change)[\"']"),
        ["engagements/models/question.py", "plan/edition/upgrades.py", "workshops/models.py"],
    ),
    "fingerprints": (HASH, ["coproduction/fingerprints.py"]),
    # Letters are brought to one form by ``fold``, and rows found by ``find_words``. A quote is its
    # speaker's words whatever their case, but not their accents.
    "folding": (
        re.compile(r"\bunicodedata\b|\bcasefold\b|__icontains\b"),
        [
            "coproduction/languages/folding.py",
            "coproduction/languages/odd_letters.py",
            "coproduction/languages/typed_text.py",
            "themes/services/quote.py",
        ],
    ),
    # What a spreadsheet would run: ("=", "+", …) or [=+…].
    "formulas": (re.compile(r"=\W{0,5}\+\W{0,5}-"), ["coproduction/ui/spreadsheets.py"]),
    # Nothing is mailed inside a request: whoever writes a letter writes a row, and a job sends it.
    "mailing": (
        re.compile(r"\bdjango\.core\.mail\b(?!\.backends\.filebased)|\bsmtplib\b"),
        ["coproduction/projects/mail_server.py"],
    ),
    # A day is the day where the project is: django.utils.timezone.localdate.
    "local days": (DAY_ELSEWHERE, []),
}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call in a module with the last part of the name that is called."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield called.attr, node
            elif isinstance(called, ast.Name):
                yield called.id, node


def where(path: Path) -> str:
    """Return a module's path in the repository."""
    return path.relative_to(ROOT).as_posix()


def test_who_may_see_or_quote_a_comment_is_said_in_one_place() -> None:
    homes, looked = set(), 0
    for path in modules():
        for name, call in calls(path):
            looked += name in QUERIES
            words = [each.arg for each in call.keywords if each.arg]
            if name in QUERIES and any(COMMENT_STATE.search(word) for word in words):
                homes.add(where(path))
        tree = ast.parse(path.read_text())
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare) and "Withheld.NOTHING" in ast.unparse(node):
                homes.add(where(path))
            # No stage after listening reads the two facts by itself: it asks is_visible and others.
            if (
                isinstance(node, ast.Attribute)
                and node.attr in {"withheld", "quote_consent"}
                and id(node) not in called
                and not where(path).startswith("engagements/")
            ):
                homes.add(where(path))
    assert looked > 200
    assert homes == MAY_SAY_IT


def lines_with(sign: re.Pattern[str], sources: Iterable[tuple[str, str]], homes: Collection[str]):
    """List the lines of some sources that bear a sign outside its homes."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in sources
        if not name.startswith(tuple(homes))
        for number, line in enumerate(text.splitlines(), 1)
        if sign.search(line)
    ]


def sources() -> list[tuple[str, str]]:
    """Return the path and the text of every module."""
    return [(where(path), path.read_text()) for path in modules()]


@pytest.mark.parametrize("fact", HOMES)
def test_a_fact_has_no_second_home(fact: str) -> None:
    sign, homes = HOMES[fact]
    looked = sources()
    assert len(looked) > 100
    assert lines_with(sign, looked, homes) == []
    for home in homes:
        assert lines_with(
            sign, [(name, text) for name, text in looked if name.startswith(home)], ()
        )


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("questions", 'ASKED = ("asset", "need")'),
        ("agreed", "Decision.objects.filter(outcome=Decision.Outcome.AGREED)"),
        ("agreed", 'if decision.outcome == "agreed":'),
        ("fingerprints", "return hashlib.sha256(text.encode()).hexdigest()"),
        ("folding", "rows.filter(text__icontains=word)"),
        ("folding", "if name.casefold() == other.casefold():"),
        ("formulas", 'cell.lstrip(" ").startswith(("=", "+", "-", "@"))'),
        ("formulas", 'STARTS = re.compile(r"[=+-@]")'),
        ("mailing", "from django.core.mail import send_mail"),
        ("mailing", "import smtplib"),
        ("local days", "day = models.DateField(default=date.today)"),
        ("local days", "if row.date <= timezone.now().date():"),
        ("local days", "now = datetime.now()"),
    ],
)
def test_a_second_home_is_seen(fact: str, line: str) -> None:
    sign, homes = HOMES[fact]
    assert lines_with(sign, [("themes/queries/another.py", line)], homes)


# What may be kept of a change or a job, and what may not.
WORDLESS = ["5f1c9b4e-0f6b-4c52-9d4e-0a1b2c3d4e5f", "2026-01-31T09:00:00+00:00", "a.b:c", "-3"]
WORDS = ["two words", "mair@bryn.example", "Dŵr"]


def tells_words_apart(check: object) -> bool:
    """Say whether a pattern lets identifiers, numbers and dates pass, and words not."""
    return (isinstance(check, re.Pattern) and isinstance(check.pattern, str)) and (
        all(check.search(each) for each in WORDLESS) and not any(map(check.search, WORDS))
    )


def test_private_words_are_refused_and_left_out_in_one_place() -> None:
    """What is kept is checked by ``private_words``, what an exception says is left out by logs."""
    homes, patterns = {"refused": set(), "left out": set()}, 0
    for path in modules():
        if "__init__" not in path.name and "management" not in path.parts:
            name = where(path).removesuffix(".py").replace("/", ".")
            for value in vars(importlib.import_module(name)).values():
                patterns += isinstance(value, re.Pattern)
                if tells_words_apart(value):
                    homes["refused"].add(where(path))
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import) and any(
                each.name == "traceback" for each in node.names
            ):
                homes["left out"].add(where(path))
    assert patterns > 10
    assert homes == {
        "refused": {"coproduction/private_words.py"},
        "left out": {"coproduction/logs.py"},
    }
    assert tells_words_apart(re.compile(r"^[\w:.+/-]{0,120}$", re.ASCII))  # As jobs once had it.
