"""A docstring says more than the name does, and names what a caller has to expect."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, modules

# What stands in any sentence, and says nothing of this one.
SMALL_WORDS = frozenset(
    "a an the of on in to for from with and or by as at is are was were be it its this that those "
    "these they their there one all each every who which what whether how where when if not no "
    "another again".split()
)
FEWEST_WORDS = 5
# Every view, form and command may raise its own of these, and Django catches them.
CAUGHT_BY_DJANGO = {"Http404", "PermissionDenied", "ValidationError", "CommandError"}
# Says that a class below has to define it.
UNDEFINED = {"NotImplementedError"}

Defined = ast.FunctionDef | ast.ClassDef


def public(path: Path) -> Iterator[tuple[str, Defined]]:
    """Yield every public class, function and method of a module, with the names it stands under."""

    def inside(node: ast.Module | ast.ClassDef, names: str) -> Iterator[tuple[str, Defined]]:
        for each in node.body:
            if isinstance(each, Defined) and not each.name.startswith("_"):
                yield f"{names}{each.name}", each
                if isinstance(each, ast.ClassDef):
                    yield from inside(each, f"{names}{each.name}.")

    for names, node in inside(ast.parse(path.read_text()), ""):
        if ast.get_docstring(node) is not None:
            yield names, node


def stems(text: str) -> set[str]:
    """Return the words of a text or a name, without the endings that verbs and plurals have."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)
    return {re.sub(r"(ies|ing|ed|es|s|e|y)$", "", word.lower()) for word in words}


def own_raises(node: ast.AST) -> Iterator[str]:
    """Yield the names of what a function raises itself, and not what is defined inside it."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(each, ast.Raise) and each.exc is not None:
            raised = each.exc.func if isinstance(each.exc, ast.Call) else each.exc
            name = ast.unparse(raised).rpartition(".")[2]
            if name[0].isupper():
                yield name
        yield from own_raises(each)


def repeats_the_name(names: str, docstring: str) -> bool:
    """Say whether a docstring holds nothing that its name and its class do not say."""
    return stems(docstring) <= stems(names) | stems(" ".join(SMALL_WORDS))


def unnamed(path: Path, node: ast.FunctionDef) -> set[str]:
    """Return what a function raises itself and does not name; a name of the kind will do."""
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    said = set(re.findall(r"\w+", ast.get_docstring(node) or ""))
    missing = set()
    for name in set(own_raises(node)) - CAUGHT_BY_DJANGO - UNDEFINED:
        found = getattr(module, name, None)
        kinds = {each.__name__ for each in inspect.getmro(found)} if found else set()
        if not said & ({name} | kinds):
            missing.add(name)
    return missing


def test_a_docstring_says_more_than_its_name() -> None:
    empty, looked_at = [], 0
    for path in modules():
        for names, node in public(path):
            looked_at += 1
            docstring = ast.get_docstring(node) or ""
            if len(docstring.split()) < FEWEST_WORDS or repeats_the_name(names, docstring):
                empty.append(f"{path.relative_to(ROOT)}: {names}: {docstring}")
    assert empty == []
    assert looked_at > 1_500


def test_a_docstring_names_what_is_raised() -> None:
    silent, looked_at = [], 0
    for path in modules():
        for names, node in public(path):
            if not isinstance(node, ast.FunctionDef):
                continue
            looked_at += any(True for _name in own_raises(node))
            silent.extend(
                f"{path.relative_to(ROOT)}: {names}: {name}" for name in unnamed(path, node)
            )
    assert silent == []
    assert looked_at > 90


def test_the_guard_sees_a_name_said_again() -> None:
    assert repeats_the_name("sign_out", "Sign out.")
    assert repeats_the_name("Theme.add_codes", "Add a code to the theme.")
    assert not repeats_the_name("sign_out", "End the person's session.")
