"""The app's own settings, with the baseline's bare tables and pages beside it."""

import os

os.environ.setdefault("LOG_LEVEL", "ERROR")

from coproduction.settings import *  # noqa: F403
from coproduction.settings import ALLOWED_HOSTS as HOSTS
from coproduction.settings import INSTALLED_APPS as APPS

INSTALLED_APPS = [*APPS, "bench"]
ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = [*HOSTS, "testserver"]
# Pages are tried until one opens; what does not is no fault.
LOGGING["loggers"]["django.request"]["level"] = "ERROR"  # noqa: F405
