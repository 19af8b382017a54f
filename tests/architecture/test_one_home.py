"""Each fact has one home: a second spelling of it fails here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, modules

# What a query says of a comment that may be shown or quoted.
COMMENT_STATE = re.compile(r"(^|__)(withheld|quote_consent)(__|$)")
QUERIES = {"filter", "exclude", "get", "get_object_or_404", "Q", "aggregate", "annotate", "When"}
# Where a query may say it: its home; and the list that the team narrows by what hides a comment.
MAY_SAY_IT = {"engagements/models/listening.py", "engagements/views/comment.py"}


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
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Compare) and "Withheld.NOTHING" in ast.unparse(node):
                homes.add(where(path))
    assert looked > 200
    assert homes == MAY_SAY_IT


def test_words_are_folded_and_searched_in_one_place() -> None:
    """Letters are brought to one form by ``fold``, and rows are found by ``find_words``."""
    homes: dict[str, set[str]] = {"unicodedata": set(), "icontains": set()}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import) and any(a.name == "unicodedata" for a in node.names):
                homes["unicodedata"].add(where(path))
            if isinstance(node, ast.keyword) and "icontains" in (node.arg or ""):
                homes["icontains"].add(where(path))
    assert homes == {"unicodedata": {"coproduction/languages/folding.py"}, "icontains": set()}
