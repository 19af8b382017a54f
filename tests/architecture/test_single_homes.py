"""Facts that were once written in many places have one home each, and no second one appears."""

import re
from collections.abc import Collection, Iterable

import pytest

from tests.architecture.sources import ROOT, modules

AGREED = re.compile(r"Outcome\.AGREED|outcome\W+agreed", re.IGNORECASE)
HASH = re.compile(r"\bhashlib\b|\bhmac\b|\bsha256\b|\bblake2")
DAY_ELSEWHERE = re.compile(
    r"\bdate\.today\b|\bdatetime\.(?:now|today|utcnow)\b|\.now\(\)\.date\(\)|\bfromtimestamp\("
)


def found(sign: re.Pattern[str], sources: Iterable[tuple[str, str]], homes: Collection[str]):
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
    return [(path.relative_to(ROOT).as_posix(), path.read_text()) for path in modules()]


HOMES = {
    # Asking whether something is agreed. What may be decided, and what was, is another question:
    # the outcomes themselves, the form that offers them and the service that records one.
    "agreed": (
        AGREED,
        [
            "steering/queries/agreement.py",
            "steering/models.py",
            "steering/forms/decision.py",
            "steering/services/decision.py",
            "sample/",  # records what was decided, as it was
        ],
    ),
    "fingerprints": (HASH, ["coproduction/fingerprints.py", "plan/"]),
    # A day is the day where the project is: django.utils.timezone.localdate.
    "local days": (DAY_ELSEWHERE, []),
}


@pytest.mark.parametrize("fact", HOMES)
def test_a_fact_has_no_second_home(fact: str) -> None:
    sign, homes = HOMES[fact]
    looked = sources()
    assert len(looked) > 100
    assert found(sign, looked, homes) == []
    assert len(found(sign, looked, ["nowhere"])) >= len(homes)


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("agreed", "Decision.objects.filter(outcome=Decision.Outcome.AGREED)"),
        ("agreed", 'if decision.outcome == "agreed":'),
        ("fingerprints", "return hashlib.sha256(text.encode()).hexdigest()"),
        ("local days", "day = models.DateField(default=date.today)"),
        ("local days", "if row.date <= timezone.now().date():"),
        ("local days", "now = datetime.now()"),
    ],
)
def test_a_second_home_is_seen(fact: str, line: str) -> None:
    sign, homes = HOMES[fact]
    assert found(sign, [("themes/queries/another.py", line)], homes)
