"""The documents name what exists, and the sources keep to their sizes and say what they are."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, modules, templates

BACKTICKED = re.compile(r"`([^`\s]+)`")
FILE_NAME = re.compile(r"^[\w.-]+\.(py|md|toml|html|css|js|txt|in|yml|po)$")


def paths_named(document: str) -> list[str]:
    """Return what a document names as a path of the repository, in backticks."""
    named = BACKTICKED.findall((ROOT / document).read_text())
    return [
        name
        for name in named
        if ("/" in name or FILE_NAME.match(name)) and not re.search(r"[<>*{}$:()|…]", name)
    ]


def exists(name: str) -> bool:
    """Say whether a path is there: from the root, or (for a bare file name) anywhere."""
    if name.startswith(("/", ".test/", ".venv/", "var/")):  # addresses, and what runs leave behind
        return True
    if (ROOT / name).exists():
        return True
    return "/" not in name and any(path.name == name for path in [*modules(), *templates()])


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])
def test_every_path_a_document_names_exists(document: str) -> None:
    assert [name for name in paths_named(document) if not exists(name)] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/open-data.md"])
def test_every_link_and_picture_of_a_document_is_there(document: str) -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", (ROOT / document).read_text())
    here = [link for link in linked if "://" not in link]
    assert here or document != "README.md"
    assert [link for link in here if not (ROOT / document).parent.joinpath(link).exists()] == []


def test_architecture_names_enough_to_be_checked() -> None:
    assert len(paths_named("ARCHITECTURE.md")) > 10


def test_every_module_begins_by_saying_what_belongs_there() -> None:
    looked = 0
    for path in modules():
        looked += 1
        first = ast.get_docstring(ast.parse(path.read_text()))
        assert first, f"{path.relative_to(ROOT)} has no docstring"
        assert first.splitlines()[0].endswith("."), f"{path.relative_to(ROOT)}: {first!r}"
    assert looked > 30


def test_modules_and_functions_stay_short() -> None:
    looked = 0
    for path in modules():
        text = path.read_text()
        assert len(text.splitlines()) <= 400, f"{path.relative_to(ROOT)}: split it by noun"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                looked += 1
                lines = (node.end_lineno or 0) - node.lineno + 1
                assert lines <= 50, f"{path.relative_to(ROOT)}: {node.name} has {lines} lines"
    assert looked > 50


def test_templates_stay_short() -> None:
    looked = 0
    for path in templates():
        looked += 1
        lines = len(path.read_text().splitlines())
        assert lines <= 150, f"{path.relative_to(ROOT)} has {lines} lines"
    assert looked > 0
