"""Languages come from the settings and from the project: nothing names one by hand."""

import ast
import re

import pytest

from tests.architecture.examples import make_world
from tests.architecture.sources import ROOT, modules
from tests.architecture.walk import ADDRESSES

WELSH = re.compile(r"Cymraeg|Welsh|lang=\"cy\"|/cy/")
# Where somebody chooses a language, of the project's pages or for a person.
CHOOSING = {"projects:settings_page", "projects:people", "engagements:import_layout"}
# Where the examples have a quote with its Welsh beside it: people's words stay as they are.
QUOTING = {"workshops:theme_pack"}
# Here languages are named because that is what they are about.
NAMED_IN = (
    "coproduction/settings.py",
    "coproduction/languages/formats",
    "coproduction/languages/sorting.py",
    "engagements/services/question.py",
    "sample/",
)


def test_no_module_names_a_language() -> None:
    looked, wrong = 0, []
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(NAMED_IN):
            continue
        looked += 1
        wrong += [
            f"{name}:{node.lineno}"
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and node.value in ("en", "cy")
        ]
    assert wrong == []
    assert looked > 100


@pytest.mark.once
def test_a_project_in_english_shows_no_welsh(worlds, ask) -> None:
    world = make_world("pen", "Pen", languages=["en"])
    looked, wrong = 0, []
    for address in ADDRESSES:
        if not address.in_languages or "project" not in address.takes:
            continue
        if address.name in CHOOSING | QUOTING:
            continue
        for person in (None, *world.by_role.values()):
            page = ask(person, "GET", address.url(world.kwargs(address.name)))
            if page.status_code == 200 and "text/html" in page["Content-Type"]:
                looked += 1
                if found := WELSH.search(page.content.decode()):
                    wrong.append(f"{address.name}: {found[0]}")
    assert sorted(set(wrong)) == []
    assert looked > 200
