"""Letters in tests: having those that wait sent, as a worker would."""

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.projects.services.letter import SEND_LETTERS
from coproduction.projects.tasks import send_letters


def send_what_waits() -> None:
    """Run the job that sends letters until none is due by now."""
    while job := Job.objects.due().filter(task=SEND_LETTERS).first():
        assert run(send_letters, job=job.uuid)
