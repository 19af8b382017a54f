"""The Celery app: the broker's address and how a worker behaves."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduction.settings")

app = Celery("coproduction")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# By name: it needs the models, which are not ready yet.
app.steps["consumer"].add("coproduction.jobs.sweeper:Sweeper")
app.steps["worker"].add("coproduction.jobs.without_broker:WithoutBroker")

# How to start a worker, after "celery -A coproduction". The rows say what is to be done and who is
# alive, so workers needn't gossip; remote control is off in the settings for the same reason.
WORKER = ["--quiet", "worker", "--without-gossip", "--without-mingle", "--without-heartbeat"]
