"""The app's own settings, with the baseline's bare tables and pages beside it."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="coproduction-bench-"))
os.environ.setdefault("LOG_LEVEL", "ERROR")

from coproduction.settings import *  # noqa: F403
from coproduction.settings import INSTALLED_APPS as APPS

INSTALLED_APPS = [*APPS, "bench"]
ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["testserver"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
