"""Over HTTP on the stack that is shipped: kept pages, files, a first visit, a worker's memory."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import limits
from bench.child import Child, MeasureFailed
from bench.figures import Figure, amount, ratio
from bench.load import ask, load
from bench.memory import now
from bench.running import Run
from bench.servers import free_port, gunicorn, nginx, program, redis
from bench.stores import LARGE, SMALL, Store
from bench.timing import Spread
from bench.visit import chromium, visits

READERS, SECONDS = 8, 2
WRITES_A_SECOND = 20


@dataclass(frozen=True)
class Served:
    """The app as it is served: where to ask, and what stands there."""

    address: str
    on: str
    keeper: int  # the process that keeps the workers
    env: dict[str, str]  # what it was told, for whoever writes beside it


@contextmanager
def served(store: Store, folder: Path, child: Child, **more: str) -> Iterator[Served]:
    """Serve a store with gunicorn, Redis where it is installed, and nginx where that is."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as started:
        parts, port, door = ["gunicorn"], free_port(), 0
        env = {"BARE_FILE": child.ask("public.stored_file"), **more}
        if program("redis-server"):
            address = started.enter_context(redis(folder))
            env |= {"CACHE_URL": f"{address}/1", "CELERY_BROKER_URL": f"{address}/0"}
            parts.append("Redis")
        if program("nginx"):
            door = free_port()
            env["BEHIND_PROXY"] = "1"
            parts.append("nginx")
        env["SITE_URL"] = f"http://127.0.0.1:{door or port}"
        keeper = started.enter_context(gunicorn(store.env(**env), folder, port))
        if door:
            started.enter_context(nginx(folder, door, port))
        address = f"http://127.0.0.1:{door or port}"
        yield Served(address, f"{store.name}, {' + '.join(parts)}", keeper, env)


def kept(run: Run) -> Iterator[Figure]:
    """Ask for public pages as readers do, turn about with a bare view of the same bytes."""
    if program("wrk") is None:
        yield Figure.left_out("kept over HTTP", run.kind, "wrk is not installed")
        return
    with (
        run.copy(LARGE) as store,
        store.child() as child,
        served(store, run.scratch / "served", child) as app,
    ):
        addresses = child.ask("public.addresses")
        bare = {name: _same_bytes(app, child, name, url) for name, url in addresses.items()}
        for name, url in addresses.items():
            yield _rate(run, app, f"kept over HTTP: {name}", url, bare[name])
        for name, url in addresses.items():
            yield _unchanged(run, app, name, url)
        yield from _while_others_write(run, app, store, addresses, bare)
        yield _download(run, app)


def _same_bytes(app: Served, child: Child, name: str, url: str) -> str:
    """Have the bare view give the bytes that a browser gets of a page; return its address."""
    status, content, headers = ask(app.address + url)
    if status != 200:
        raise MeasureFailed(f"{url} answered {status}.")
    told = {
        key: value
        for key, value in headers.items()
        if key.lower() in {"content-type", "content-encoding", "etag", "cache-control", "vary"}
    }
    return str(child.ask("public.keep_bytes", name=name, content=content.hex(), headers=told))


def _rate(run: Run, app: Served, name: str, url: str, bare: str) -> Figure:
    """Compare how many are answered a second."""
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    try:
        for turn in range(run.times(5) + 1):
            for side, where in (("ours", url), ("bare", bare)):
                found = load(app.address + where, readers=READERS, seconds=SECONDS)
                if turn:  # the first warms both
                    rates[side].append(found["rate"])
    except MeasureFailed as problem:
        return Figure.fault(name, app.on, str(problem))
    return ratio(name, app.on, limits.KEPT, rates, at_least=True, unit="a second")


def _unchanged(run: Run, app: Served, name: str, url: str) -> Figure:
    """Time what is answered to a reader who has the page already."""
    figure = f"unchanged (304): {name}"
    etag = next((v for k, v in ask(app.address + url)[2].items() if k.lower() == "etag"), "")
    known = {"If-None-Match": etag}
    if (status := ask(app.address + url, **known)[0]) != 304:
        return Figure.fault(figure, app.on, f"answers {status}")
    found = [
        load(app.address + url, readers=1, seconds=1, **known)["p50"]
        for _turn in range(run.times(5))
    ]
    return amount(figure, app.on, limits.UNCHANGED, found, "ms")


def _while_others_write(
    run: Run, app: Served, store: Store, addresses: dict[str, str], bare: dict[str, str]
) -> Iterator[Figure]:
    """Do the same while a workshop's notes are typed in."""
    with store.child(**app.env) as writer:
        writer.begin("public.write_privately", a_second=WRITES_A_SECOND)
        time.sleep(2)
        figures = [
            _rate(
                run,
                app,
                f"the same, {WRITES_A_SECOND} private writes a second: {name}",
                url,
                bare[name],
            )
            for name, url in addresses.items()
        ]
        (store.folder / "enough").touch()
        done = writer.finish()
    yield from figures
    rate = done["written"] / done["seconds"]
    yield Figure(
        "private writes meanwhile",
        app.on,
        rate,
        limits.WRITES * WRITES_A_SECOND,
        Spread(rate, rate, rate),
        unit="a second",
        at_least=True,
    )


def _download(run: Run, app: Served) -> Figure:
    """Fetch the stored PDF, turn about with a file whose place is known."""
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for _turn in range(run.times(5)):
        for side, url in (("ours", "/bryncoed/plan/plan.pdf"), ("bare", "/bare/file")):
            taken[side].append(load(app.address + url, readers=1, seconds=1)["p50"])
    return ratio("the stored PDF", app.on, limits.DOWNLOAD, taken)


def visit(run: Run) -> Iterator[Figure]:
    """Open the plan in a browser that never saw it, on a slow processor."""
    if chromium() is None:
        yield Figure.left_out("a first visit to the plan", run.kind, "no Chromium is installed")
        return
    with (
        run.copy(SMALL) as store,
        store.child() as child,
        served(store, run.scratch / "served", child) as app,
    ):
        found = visits(f"{app.address}/bryncoed/plan/", run.times(3))
    name, on = "a first visit to the plan", app.on
    sent = [one.sent / 1000 for one in found]
    yield amount(f"{name}: over the line", on, limits.VISIT_BYTES, sent, "kB")
    asked = [one.requests for one in found]
    yield amount(f"{name}: requests", on, limits.VISIT_REQUESTS, asked, "requests")
    seen = [one.seen_after for one in found]
    yield amount(f"{name}: words seen", on, limits.VISIT_SEEN, seen, "ms")
    yield amount(f"{name}: nodes", on, None, [one.nodes for one in found], "nodes")


def worker(run: Run) -> Iterator[Figure]:
    """Serve every page by one worker, three times over; then look at its memory."""
    with (
        run.copy(SMALL) as store,
        store.child() as child,
        served(store, run.scratch / "served", child, WEB_CONCURRENCY="1") as app,
    ):
        pages = child.ask("pages.find")["pages"]
        cookies = child.ask("public.sessions", roles=sorted({page["role"] for page in pages}))
        began = max(now(pid) for pid in _children(app.keeper))
        for _round in range(3):
            for page in pages:
                known = {"Cookie": f"sessionid={cookies[page['role']]}"} if page["role"] else {}
                status = ask(app.address + page["url"], **known)[0]
                if status >= 500 and not page["name"].startswith("readyz"):
                    raise MeasureFailed(f"{page['url']} answered {status}.")
        most = max(now(pid) for pid in _children(app.keeper))
    yield amount(
        "a web worker that served every page",
        app.on,
        limits.WORKER,
        [most],
        "MB",
        note=f"{began:.0f} MB before, {len(pages)} pages",
    )


def _children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    listed = subprocess.run(  # noqa: S603
        ["ps", "-o", "pid=", "--ppid", str(pid)],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(word) for word in listed.stdout.split()]
