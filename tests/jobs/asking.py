"""Asks an installation's queue from outside: python -m tests.jobs.asking VERB WORDS…, see main."""

import json
import sys
import time
from collections import defaultdict
from typing import Any

import django

django.setup()

from coproduction.jobs.models import Job, WorkerSeen  # noqa: E402
from coproduction.jobs.services import enqueue  # noqa: E402


def told(job: Job) -> dict[str, Any]:
    """Return what a test wants to know of a job."""
    job.refresh_from_db()
    fields = ["state", "attempts", "steps_done", "steps_total", "sentence", "result"]
    known = {field: getattr(job, field) for field in fields}
    return known | {"uuid": str(job.uuid), "held_up": job.is_held_up}


def asked(task: str, arguments: str) -> dict[str, Any]:
    """Ask for a job; tell how many seconds the asking took."""
    began = time.perf_counter()
    job = enqueue(task=task, scope="test", arguments=json.loads(arguments))
    return {"seconds": time.perf_counter() - began, **told(job)}


def shown(uuid: str, state: str = "", steps: str = "0") -> dict[str, Any]:
    """Tell of a job: now, or once it is in this state with so many steps done."""
    end = time.monotonic() + 120
    while True:
        found = told(Job.objects.get(uuid=uuid))
        if state in {"", found["state"]} and found["steps_done"] >= int(steps):
            return found
        if time.monotonic() > end:
            return found | {"waited": "in vain"}
        time.sleep(0.05)


def swept(workers: int, times: int) -> dict[str, Any]:
    """Wait until so many workers have each swept so many times; tell how often each did."""
    signs: dict[str, set[Any]] = defaultdict(set)
    end = time.monotonic() + 120
    while sum(len(seen) >= times for seen in signs.values()) < workers:
        for name, seen_at in WorkerSeen.objects.values_list("name", "seen_at"):
            signs[name].add(seen_at)
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    return {"swept": sorted(len(seen) for seen in signs.values())}


def main(verb: str, *words: str) -> dict[str, Any]:
    """Do one thing and return what came of it."""
    match verb, words:
        case "enqueue", (task, arguments):
            return asked(task, arguments)
        case "enqueue", (task, arguments, *awaited):  # And then show, in one go.
            before = asked(task, arguments)
            return before | shown(before["uuid"], *awaited)
        case "all", (workers, count, task, arguments):  # Once so many workers are there.
            while WorkerSeen.objects.count() < int(workers):
                time.sleep(0.05)
            uuids = [asked(task, arguments)["uuid"] for _ in range(int(count))]
            return {"done": [shown(uuid, "done") for uuid in uuids]}
        case "show", _:
            return shown(*words)
        case "seen", ():
            return {"workers": list(WorkerSeen.objects.values_list("name", flat=True))}
        case "swept", (workers, times):
            return swept(int(workers), int(times))
    raise SystemExit(f"What is {verb}?")


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
