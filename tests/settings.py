"""Settings of a test run: the app's own, with a folder, a queue and a cache for each worker."""

import os
import tempfile
from pathlib import Path

# pytest's own process makes the run's folder; xdist's workers inherit its name and stay inside.
if "TEST_RUN_DIR" not in os.environ:
    os.environ["TEST_RUN_DIR"] = tempfile.mkdtemp(prefix="coproduction-test-")
    os.environ["TEST_RUN_OWNER"] = str(os.getpid())

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# 0 for a run without xdist, then one for each worker. A second run beside another, on the same
# servers, is given a lane of its own.
LANE = os.environ.get("TEST_LANE", "")
WORKER_NUMBER = (0 if WORKER == "main" else int(WORKER.removeprefix("gw")) + 1) + 8 * bool(LANE)

_folder = Path(os.environ["TEST_RUN_DIR"]) / f"{LANE}{WORKER}"
_folder.mkdir(parents=True, exist_ok=True)
os.environ["DATA_DIR"] = str(_folder)
os.environ.setdefault("SECRET_KEY", "for tests only, and long enough that nothing warns of it")
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("SECURITY_CONTACT", "security@bryn.example")
# Whoever looks after the tests' installation; see tests/cast.py.
os.environ["OPERATORS"] = "operator@nowhere.example, Operator@Bryn.example"
# What was just said or coded is counted on the next page; tests of the turns take longer ones.
os.environ.setdefault("PUBLIC_COUNTS_SECONDS", "0")
for _name in (
    "DEBUG",
    "DEMO",
    "EMAIL_URL",
    "SITE_URL",
    "HOST",
    "PORT",
    "ALLOWED_HOSTS",
    "METRICS_TOKEN",
):
    os.environ.pop(_name, None)


def redis_database(url: str, place: int) -> str:
    """Return ``url`` with a database number that only this worker uses for this purpose."""
    return f"{url.rsplit('/', 1)[0]}/{WORKER_NUMBER * 4 + place}"


# Two workers must not take each other's messages, nor clear each other's cache.
if os.environ.get("CELERY_BROKER_URL", "").startswith("redis"):
    os.environ["CELERY_BROKER_URL"] = redis_database(os.environ["CELERY_BROKER_URL"], 0)
if os.environ.get("CACHE_URL", "").startswith("redis"):
    os.environ["CACHE_URL"] = redis_database(os.environ["CACHE_URL"], 1)

from coproduction.settings import *  # noqa: E402, F403
from coproduction.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "coproduction.sqlite":
    # A file, not memory: threads and live servers then meet the same locks as in real life.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
elif LANE:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{LANE}"}

# No test should need collectstatic first; bin/test proves the manifest in a step of its own.
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
