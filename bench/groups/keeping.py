"""Keeping: a whole installation backed up and put back; a whole project taken out and in."""

import shutil
from collections.abc import Iterator

from bench import limits
from bench.figures import Figure, amount, ratio
from bench.memory import watched
from bench.running import Run
from bench.stores import LARGE, Store

# As it is installed: the baseline's own tables are in no backup.
_INSTALLED = {"DJANGO_SETTINGS_MODULE": "coproduction.settings"}


def backup(run: Run) -> Iterator[Figure]:
    """Back up 100,000 comments and put them back, turn about with a bare copy; weigh both."""
    made: dict[str, list[float]] = {"ours": [], "bare": []}
    put: dict[str, list[float]] = {"ours": [], "bare": []}
    grown: dict[str, list[float]] = {"making": [], "putting": []}
    sizes: list[float] = []
    with run.copy(LARGE) as store:
        for turn in range(run.times(3)):
            place = run.scratch / f"backup-{turn}"
            place.mkdir()
            with store.child(**_INSTALLED) as child, watched(child.pid) as seen:
                child.ask("keeping.settle")
                before = seen[-1]
                found = child.ask("keeping.back_up", folder=str(place))
            grown["making"].append(max(seen) - before)
            sizes.append(found["MB"])
            for side, taken in made.items():
                taken.append(found[side] / 1000)
                empty = Store(place / f"into-{side}", 0, run.server, f"_{side}")
                empty.make_empty()
                what = "put_back" if side == "ours" else "put_back_bare"
                with empty.child(**_INSTALLED) as child, watched(child.pid) as seen:
                    child.ask("keeping.settle")
                    before = seen[-1]
                    put[side].append(child.ask(f"keeping.{what}", folder=str(place)) / 1000)
                if side == "ours":
                    grown["putting"].append(max(seen) - before)
                empty.drop()
            shutil.rmtree(place)
    on = f"{run.kind}, {LARGE:,}"
    yield ratio("back up, to a bare copy", on, limits.BACKUP, made, unit="s")
    yield ratio("put back, to a bare copy", on, limits.RESTORE, put, unit="s")
    yield amount("memory a backup takes", on, limits.BACKUP_GROWS, grown["making"], "MB more")
    yield amount("memory putting back takes", on, limits.BACKUP_GROWS, grown["putting"], "MB more")
    yield amount("the backup's size", on, None, sizes, "MB")


def archive(run: Run) -> Iterator[Figure]:
    """Take a project of 100,000 comments out and in, turn about with a bare dump; weigh both."""
    out: dict[str, list[float]] = {"ours": [], "bare": []}
    taken_in: dict[str, list[float]] = {"ours": [], "bare": []}
    grown: dict[str, list[float]] = {"out": [], "in": []}
    sizes: list[float] = []
    with run.copy(LARGE) as store:
        for turn in range(run.times(3)):
            place = run.scratch / f"archive-{turn}"
            place.mkdir()
            with store.child(**_INSTALLED) as child, watched(child.pid) as seen:
                child.ask("archiving.settle")
                before = seen[-1]
                found = child.ask("archiving.take_out", folder=str(place))
                grown["out"].append(max(seen) - before)
                # After the memory of ours was told: theirs holds much more.
                found["bare"] = child.ask("archiving.take_out_bare", folder=str(place))
            sizes.append(found["MB"])
            for side, taken in out.items():
                taken.append(found[side] / 1000)
                empty = Store(place / f"into-{side}", 0, run.server, f"_{side}")
                empty.make_empty()
                what = "take_in" if side == "ours" else "take_in_bare"
                with empty.child(**_INSTALLED) as child, watched(child.pid) as seen:
                    child.ask("archiving.settle")
                    before = seen[-1]
                    taken_in[side].append(child.ask(f"archiving.{what}", folder=str(place)) / 1000)
                if side == "ours":
                    grown["in"].append(max(seen) - before)
                empty.drop()
            shutil.rmtree(place)
    on = f"{run.kind}, {LARGE:,}"
    yield ratio("take a project out, to a bare dump", on, limits.TAKEN_OUT, out, unit="s")
    yield ratio("take it in, to a bare load", on, limits.TAKEN_IN, taken_in, unit="s")
    yield amount("memory taking out takes", on, limits.ARCHIVE_GROWS, grown["out"], "MB more")
    yield amount("memory taking in takes", on, limits.ARCHIVE_GROWS, grown["in"], "MB more")
    yield amount("the archive's size", on, None, sizes, "MB")
