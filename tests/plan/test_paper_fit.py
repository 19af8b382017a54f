"""A file that lacks something is not given out: it is a failed job that says what."""

import pytest
from django.utils import translation

from coproduction.jobs.models import Job
from coproduction.jobs.running import Progress, run
from coproduction.jobs.services import enqueue
from plan.paper.fit import DoesNotFit
from plan.paper.pdf import write_pdf
from plan.services.rendering import TASK

WORDS = "Mend the swings before the summer, and the slide."
BELOW = "position: absolute; top: 270mm"
BESIDE = "white-space: nowrap; margin-left: 160mm"
# As every chart is: a drawing that no part of a page can be left out of.
CHART = '<svg viewBox="0 0 10 10" style="width: 100mm; height: {}mm" role="img"></svg>'
STAR = '<svg viewBox="0 0 9 9" style="{}; width: 9mm; height: 9mm" aria-hidden="true"></svg>'


def page_of(inside: str) -> str:
    """Make a document of one element."""
    return f'<html lang="en"><title>Plan</title><body><main id="main">{inside}</main></body></html>'


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (f'<p id="action-12" style="{BELOW}">{WORDS}</p>', "action 12 does not fit"),
        (f'<p data-part="action-12" style="{BESIDE}">{WORDS}</p>', "action 12 does not fit"),
        (f'<div id="idea-7"><div style="{BELOW}"><b>{WORDS}</b></div></div>', "idea 7, which"),
        (f'<div id="theme-2">{CHART.format(400)}</div>', "theme 2 does not fit"),
        (f'<div id="foreword"><p>{WORDS}</p><p style="{BELOW}">.</p>{WORDS}</div>', ""),
        (f'<p id="listened" style="display: none">{WORDS}</p>', "how we listened does not fit"),
        (f'<p style="{BELOW}">{WORDS}</p>', "some of the plan does not fit"),
        (f'<p class="visually-hidden" style="display: none">{WORDS}</p>', ""),
        (f'<div id="theme-2">{CHART.format(100)}{STAR.format(BELOW)}</div>', ""),
        (f"<p>{WORDS}</p>" * 400, ""),
    ],
)
def test_what_is_not_on_its_page_is_told_with_its_place(inside: str, told: str):
    if not told:
        assert write_pdf(page_of(inside)).pages >= 1
        return
    with pytest.raises(DoesNotFit) as refused:
        write_pdf(page_of(inside))
    assert told in str(refused.value)


@pytest.mark.parametrize("part", ["cover", "foreword", "value", "listened", "ending"])
def test_each_part_is_named_in_the_readers_language(part: str):
    english = str(DoesNotFit(part))
    with translation.override("cy"):
        assert str(DoesNotFit(part)) != english
    assert english != str(DoesNotFit("elsewhere"))


@pytest.mark.django_db
def test_the_job_says_which_action_in_the_readers_language():
    job = enqueue(task=TASK, scope="bryn", arguments={"rendering": 1})

    def work(_progress: Progress, *, rendering: int) -> None:
        raise DoesNotFit("action-12")

    with translation.override("cy"):
        run(work, job=job.uuid, refusals=(DoesNotFit,))
    failed = Job.objects.get()
    assert failed.state == "failed"
    assert "action 12 does not fit on its pages" in failed.why
    with translation.override("cy"):
        assert "dydy cam 12 ddim yn ffitio" in failed.why
