"""The walks of ARCHITECTURE.md are true: each arrow is a call, by a step before it."""

import ast
import re

from tests.architecture.sources import ROOT, modules

STEP = re.compile(r"`(\w+)`(?: in `[^`]+`)?(?: \([^)]*\))?(?= → `(\w+)`)?")


def calls_made() -> dict[str, set[str]]:
    """Return what each function or class calls, or hands to another as it is, by name."""
    calls: dict[str, set[str]] = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                called = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
                named = [part for call in called for part in (call.func, *call.args)]
                calls.setdefault(node.name, set()).update(
                    part.id if isinstance(part, ast.Name) else part.attr
                    for part in named
                    if isinstance(part, ast.Name | ast.Attribute)
                )
    return calls


def leads_to(step: str, other: str, calls: dict[str, set[str]]) -> bool:
    """Say whether a function calls another, itself or through private ones."""
    seen, waiting = {step}, [step]
    while waiting:
        called = calls.get(waiting.pop(), set())
        if other in called:
            return True
        private = {name for name in called if name.startswith("_")} - seen
        seen |= private
        waiting += private
    return False


def test_each_arrow_of_a_walk_is_a_call() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    walks = text.split("## The way of a comment")[1].split("## To change this")[0]
    calls, wrong, followed = calls_made(), [], 0
    for step in re.split(r"\n\d+\. ", walks)[1:]:
        before: list[str] = []
        for name, following in STEP.findall(" ".join(step.split())):
            before.append(name)
            if following:
                followed += 1
                if not any(leads_to(each, following, calls) for each in before):
                    wrong.append(f"{name} → {following}")
    assert wrong == []
    assert followed > 40
