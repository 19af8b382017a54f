"""What the one message asks of a worker: to look for a job that is due, and to run it."""

from coproduction.celery import app
from coproduction.jobs.broker import LOOK, wake_a_worker
from coproduction.jobs.models import Job


def run_next() -> bool:
    """Run the job that has been due for longest, of those that this worker can do and may begin.

    Return whether there was one.
    """
    due = Job.objects.due().filter(task__in=app.tasks).order_by("wake_at", "pk")
    found = due.values_list("task", "uuid")[:20]
    return any(app.tasks[task](str(job)) for task, job in found)


@app.task(name=LOOK)
def look() -> None:
    """Run the next job.

    One only, so that a worker that is asked to stop does so soon; another message has it go on.
    """
    if run_next() and Job.objects.due().exists():
        wake_a_worker()
