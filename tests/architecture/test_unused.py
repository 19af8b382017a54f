"""Nothing lies about unused: what is defined is named elsewhere too, and not by tests alone."""

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, modules, templates

# Django and allauth find these by their names; makemessages gathers the last.
FOUND_BY_NAME = re.compile(
    r"Command|Meta|Adapter|\w+Config|\w+Middleware|clean_\w+|__\w+__|CHANGES|handler500"
)


def defined(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield each name that a module defines, the name of its class, and whether it is decorated.

    What is decorated was handed to somebody who calls it: a task, a template tag, a signal of the
    worker.
    """
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, "", bool(node.decorator_list)
        elif isinstance(node, ast.Assign):
            yield from ((each.id, "", False) for each in node.targets if isinstance(each, ast.Name))
        if isinstance(node, ast.ClassDef):
            for inside in node.body:
                if isinstance(inside, ast.FunctionDef):
                    yield inside.name, node.name, False


def overrides(path: Path, class_name: str, name: str) -> bool:
    """Say whether a method stands in for one of a class above it: that one's users call it."""
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    above = getattr(importlib.import_module(module), class_name).__mro__[1:]
    return any(name in vars(each) for each in above)


def test_everything_defined_is_used() -> None:
    words: Counter[str] = Counter()
    # What a migration does is done for ever.
    migrations = [path for each in ("*", "*/*") for path in ROOT.glob(f"{each}/migrations/*.py")]
    for path in [*modules(), *migrations, *templates(), ROOT / "pyproject.toml"]:
        words.update(re.findall(r"\w+", path.read_text()))
    unused, looked_at = [], 0
    for path in modules():
        if path.name in {"settings.py", "settings_sign_in.py", "formats.py"}:
            continue
        for name, class_name, is_decorated in defined(path):
            looked_at += 1
            if words[name] > 1 or is_decorated or FOUND_BY_NAME.fullmatch(name):
                continue
            if not (class_name and overrides(path, class_name, name)):
                unused.append(f"{path.relative_to(ROOT)}: {class_name and class_name + '.'}{name}")
    assert unused == []
    assert looked_at > 1_500


def test_every_package_that_is_asked_for_is_imported() -> None:
    """The parts of the app's lock that are named by hand; some serve without being imported."""
    unseen = {"psycopg2-binary", "gunicorn", "async-timeout"}
    named = re.findall(r"^([A-Za-z][\w-]*)", (ROOT / "requirements/app.in").read_text(), re.M)
    code = (
        "\n".join(path.read_text() for path in modules())
        + (ROOT / "coproduction/settings.py").read_text()
    )
    modules_of = importlib.metadata.packages_distributions()
    for package in set(named) - unseen:
        tops = [
            top
            for top, packages in modules_of.items()
            if package.lower() in {each.lower().replace("_", "-") for each in packages}
        ]
        assert any(re.search(rf"\b{re.escape(top)}\b", code) for top in tops), package
