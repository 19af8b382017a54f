"""What the one message asks of a worker: to look for a job that is due, and to run it."""

from coproduction.celery import app
from coproduction.jobs.broker import LOOK, wake_a_worker
from coproduction.jobs.models import Job


@app.task(name=LOOK)
def look() -> None:
    """Run the job that has been due for longest, of those that this worker can do and may begin.

    One only, so that a worker that is asked to stop does so soon; another message has it go on.
    """
    due = Job.objects.due().filter(task__in=app.tasks).order_by("wake_at", "pk")
    found = due.values_list("task", "uuid")[:20]
    if any(app.tasks[task](str(job)) for task, job in found) and Job.objects.due().exists():
        wake_a_worker()
