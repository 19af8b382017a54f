"""The documents name what exists, and the sources keep to their sizes and say what they are."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, modules, templates

BACKTICKED = re.compile(r"`([^`\s]+)`")
NAME = re.compile(r"^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$")
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


@pytest.mark.parametrize(
    "document", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "docs/security.md"]
)
def test_every_path_a_document_names_exists(document: str) -> None:
    assert [name for name in paths_named(document) if not exists(name)] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/open-data.md"])
def test_every_link_and_picture_of_a_document_is_there(document: str) -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", (ROOT / document).read_text())
    here = [link for link in linked if "://" not in link]
    assert here or document != "README.md"
    assert [link for link in here if not (ROOT / document).parent.joinpath(link).exists()] == []


def test_architecture_names_enough_to_be_checked() -> None:
    assert len(paths_named("ARCHITECTURE.md")) > 40
    assert len(names_given("ARCHITECTURE.md")) > 100


def names_given(document: str) -> set[str]:
    """Return the functions, classes and settings that a document names in backticks."""
    return {name for name in BACKTICKED.findall((ROOT / document).read_text()) if NAME.match(name)}


def names_defined() -> set[str]:
    """Return every function, class, method and constant, every app and every layer."""
    names = {path.stem for path in modules()} | {path.parent.name for path in modules()}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Assign):
                names |= {each.id for each in node.targets if isinstance(each, ast.Name)}
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
    return names


def test_every_name_the_architecture_gives_exists() -> None:
    assert names_given("ARCHITECTURE.md") - names_defined() == set()


def test_the_glossary_is_short_enough_to_learn() -> None:
    """At most forty words, each once."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rows = text.split("## Words")[1].split("\n## ")[0].splitlines()
    words = [row.split("|")[1].strip() for row in rows if row.startswith("| ")][1:]
    assert 30 < len(words) <= 40
    assert len(words) == len(set(words))


def test_ordinary_changes_have_their_places() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rows = text.split("## To change this")[1].split("\n## ")[0].splitlines()
    assert len([row for row in rows if row.startswith("| ") and "`" in row]) >= 12


def test_every_module_begins_by_saying_what_belongs_there() -> None:
    looked = 0
    for path in modules():
        looked += 1
        first = ast.get_docstring(ast.parse(path.read_text()))
        assert first, f"{path.relative_to(ROOT)} has no docstring"
        assert first.splitlines()[0].endswith("."), f"{path.relative_to(ROOT)}: {first!r}"
    assert looked > 30


def test_no_class_name_stands_twice() -> None:
    homes: dict[str, list[str]] = {}
    for path in modules():
        for node in ast.parse(path.read_text()).body:
            # Django finds a command by this name.
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                homes.setdefault(node.name, []).append(path.relative_to(ROOT).as_posix())
    assert len(homes) > 200
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


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


def test_modules_of_tests_stay_short() -> None:
    looked = 0
    for path in sorted((ROOT / "tests").rglob("*.py")):
        looked += 1
        lines = len(path.read_text().splitlines())
        assert lines <= 400, f"{path.relative_to(ROOT)} has {lines} lines: split it by noun"
    assert looked > 150


def test_templates_stay_short() -> None:
    looked = 0
    for path in templates():
        looked += 1
        lines = len(path.read_text().splitlines())
        assert lines <= 150, f"{path.relative_to(ROOT)} has {lines} lines"
    assert looked > 0


# The points of level 1 and 2 in four chapters of OWASP's ASVS 5.0.
_POINTS = {
    **{"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2},
    **{"8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1},
    **{"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5},
    **{"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3},
}


def test_security_goes_through_every_point_and_names_tests_there_are() -> None:
    text = (ROOT / "docs/security.md").read_text()
    points = re.findall(r"^\| (\d+\.\d+)\.\d+ \|", text, flags=re.M)
    assert {part: points.count(part) for part in _POINTS} == _POINTS
    named = re.findall(r"`(test_\w+)`", text)
    written = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 10
    assert [name for name in named if f"def {name}(" not in written] == []
