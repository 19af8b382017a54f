"""Real workers, killed in the middle of a job, and brokers that go away: the work is done."""

import json
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.jobs.conftest import Site
from tests.processes import Redis, alive, descendants, kill, until

pytestmark = pytest.mark.processes
Say = Callable[[str], None]
QUICK = json.dumps({"steps": 1})
SLOW = json.dumps({"steps": 60, "pause": 0.05})


def underway(site: Site) -> str:
    """Ask for a slow job, and return its uuid once it is in the middle."""
    job = site.ask("enqueue", "tests.slow", SLOW, "running", "5")
    assert (job["state"], job["attempts"]) == ("running", 1)
    return job["uuid"]


def test_a_job_whose_worker_was_killed_is_done_by_the_next(site: Site, say: Say) -> None:
    worker = site.worker()
    job = underway(site)
    pool = descendants(worker.pid)
    assert pool
    kill(worker.pid, *pool)
    worker.wait(10)
    assert site.ask("show", job)["state"] == "running"
    began = time.monotonic()
    site.worker()
    done = site.ask("show", job, "done")
    assert (done["state"], done["attempts"]) == ("done", 2)
    assert done["result"]["process"] not in pool
    say(f"killed {1 + len(pool)} processes; done {time.monotonic() - began:.1f} s after the start")


def test_a_job_whose_pool_process_was_killed_is_done_by_the_same_worker(site: Site) -> None:
    worker = site.worker()
    job = underway(site)
    pool = descendants(worker.pid)
    kill(*pool)
    done = site.ask("show", job, "done")
    assert (done["state"], done["attempts"]) == ("done", 2)
    assert done["result"]["process"] not in pool
    assert worker.poll() is None


def test_a_worker_that_is_asked_to_stop_finishes_its_job_first(site: Site) -> None:
    """Also in a pool process made after an idle one was killed: see broker.py."""
    worker = site.worker()
    assert site.ask("enqueue", "tests.slow", QUICK, "done")["state"] == "done"
    first = descendants(worker.pid)
    kill(*first)
    until(lambda: descendants(worker.pid) - first, what="another pool process")
    job = underway(site)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
    done = site.ask("show", job)
    assert (done["state"], done["attempts"]) == ("done", 1)
    assert site.ask("seen") == {"workers": []}


def test_no_pool_process_outlives_its_worker(site: Site) -> None:
    worker = site.worker()
    underway(site)
    pool = descendants(worker.pid)
    kill(worker.pid)
    worker.wait(10)
    assert pool
    until(lambda: not any(alive(pid) for pid in pool), seconds=10, what="the pool to end")


def test_each_of_many_jobs_is_done_once_by_two_workers(site: Site, say: Say) -> None:
    for _ in range(2):
        site.worker()
    done = site.ask("all", "2", "12", "tests.slow", json.dumps({"steps": 2, "pause": 0.1}))["done"]
    assert [(job["state"], job["attempts"]) for job in done] == [("done", 1)] * 12
    say(f"12 jobs by {len({job['result']['process'] for job in done})} processes")


def test_no_worker_takes_a_healthy_job_whatever_the_clocks_say(site: Site) -> None:
    """Hosts' clocks differ; how long a worker was silent goes by the database's."""
    site.worker(CLOCK_OFF="-60")
    job = site.ask("enqueue", "tests.held", json.dumps({"flag": "go"}), "running", "1")
    holder = site.started[0]
    for off in ("0", "60"):
        site.worker(CLOCK_OFF=off)
    swept = site.ask("swept", "3", "8")["swept"]
    assert len(swept) == 3
    assert min(swept) >= 8
    (Path(site.env["DATA_DIR"]) / "go").touch()
    done = site.ask("show", job["uuid"], "done")
    assert (done["state"], done["attempts"]) == ("done", 1)
    assert done["result"]["process"] in descendants(holder.pid)


def test_a_folder_for_a_broker_that_goes_away_and_comes_back(site: Site, say: Say) -> None:
    env = {"CELERY_BROKER_URL": "filesystem://"}
    site.worker(**env)
    assert site.ask("enqueue", "tests.slow", QUICK, "done", **env)["state"] == "done"
    folder = Path(site.env["DATA_DIR"]) / "broker"
    folder.rename(folder.with_name("away"))
    folder.write_text("in the way")
    meanwhile = site.ask("enqueue", "tests.slow", QUICK, "done", **env)
    assert (meanwhile["state"], meanwhile["attempts"]) == ("done", 1)
    folder.unlink()
    folder.with_name("away").rename(folder)
    done = site.ask("enqueue", "tests.slow", QUICK, "done", **env)
    assert (done["state"], done["attempts"]) == ("done", 1)
    say(f"with the broker's folder away asked in {meanwhile['seconds']:.2f} s, and done")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """Give a Redis of this test's own, where Redis is installed."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    server = Redis(tmp_path)
    yield server
    server.stop()


def test_a_redis_that_goes_away_and_comes_back_empty(site: Site, redis: Redis, say: Say) -> None:
    env = {"CELERY_BROKER_URL": redis.url}
    redis.start()
    worker = site.worker(**env)
    first = site.ask("enqueue", "tests.slow", QUICK, "done", **env)
    assert first["result"]["process"] in descendants(worker.pid)
    redis.stop()
    began = time.monotonic()
    meanwhile = site.ask("enqueue", "tests.slow", QUICK, "done", **env)
    took = time.monotonic() - began
    assert (meanwhile["state"], meanwhile["attempts"]) == ("done", 1)
    # The worker itself did it, in its first process.
    assert meanwhile["result"]["process"] == worker.pid
    assert len(site.ask("seen")["workers"]) == 1
    redis.start()
    done = site.ask("enqueue", "tests.slow", QUICK, "done", **env)
    assert (done["state"], done["attempts"]) == ("done", 1)
    say(
        f"with Redis away asked in {meanwhile['seconds']:.2f} s and done in {took:.1f} s, "
        f"each with a process of its own begun"
    )


def test_a_worker_that_never_finds_a_broker_does_the_work_each_job_once(
    site: Site, redis: Redis, say: Say
) -> None:
    env = {"CELERY_BROKER_URL": redis.url}
    workers = [site.worker(**env) for _ in range(2)]
    done = site.ask("all", "2", "8", "tests.slow", QUICK, **env)["done"]
    assert [(job["state"], job["attempts"]) for job in done] == [("done", 1)] * 8
    by = {job["result"]["process"] for job in done}
    assert by <= {worker.pid for worker in workers}
    workers[0].send_signal(signal.SIGTERM)
    assert workers[0].wait(60) == 0
    until(lambda: len(site.ask("seen")["workers"]) == 1, what="one worker's sign of life to go")
    say(f"8 jobs without a broker, each once, by {len(by)} workers")
