"""The tests mirror the code in one way: a file of tests is named for the module it tests."""

from pathlib import Path

from tests.architecture.sources import ROOT

LAYERS = ("views", "tasks", "forms", "services", "queries", "models", "templatetags", "commands")
# Tests of no app's one module: of the house, of journeys, of earlier days.
OF_THE_WHOLE = {"architecture", "browser", "upgrade", "vendor"}
GROUND = {"backup", "jobs", "languages", "projects", "ui"}
# Tests of what only several modules do together.
TOGETHER = {
    "jobs/test_processes",
    "projects/test_sending_processes",
    "overview/test_attacker_views",
    "overview/test_apply_retention_processes",
    "overview/test_figures_views",
    "plan/test_public_pages",
    "plan/test_public_pages_processes",
    "overview/test_tampering",
    "overview/test_tampering_with_ends",
    "plan/test_outages",
    "themes/test_typed_input_views",
}


def app_of(tests: Path) -> Path:
    """Return the app that a folder of tests belongs to."""
    return ROOT / "coproduction" / tests.name if tests.name in GROUND else ROOT / tests.name


def is_there(app: Path, name: str) -> bool:
    """Say whether an app has the module that tests of this name are named for.

    That is a module of its own, a module of a package, ``<package>_<module>``, or of a layer,
    ``<noun>_<layer>``; where a layer is one module, it holds every noun. What is tested at length
    may have several files, ``<noun>_<part>_<layer>``.
    """

    def module(*parts: str) -> bool:
        place = app.joinpath(*parts)
        return place.with_suffix(".py").exists() or (place / "__init__.py").exists()

    if module(name):
        return True
    noun, _, layer = name.rpartition("_")
    if layer in LAYERS and noun:
        words = noun.split("_")
        nouns = ["_".join(words[:count]) for count in range(1, len(words) + 1)]
        if layer == "commands":
            return any(module("management", layer, each) for each in nouns)
        return (app / f"{layer}.py").exists() or any(module(layer, each) for each in nouns)
    cuts = [at for at, letter in enumerate(name) if letter == "_"]
    return any(module(name[:at], name[at + 1 :]) for at in cuts)


def test_each_file_of_tests_is_named_for_a_module() -> None:
    lost, seen = [], 0
    for folder in sorted(path for path in (ROOT / "tests").iterdir() if path.is_dir()):
        if folder.name in OF_THE_WHOLE or folder.name.startswith(("_", ".")):
            continue
        for path in sorted(folder.glob("test_*.py")):
            seen += 1
            known = f"{folder.name}/{path.stem}" in TOGETHER
            if not known and not is_there(app_of(folder), path.stem.removeprefix("test_")):
                lost.append(str(path.relative_to(ROOT)))
    assert lost == []
    assert seen > 90
