"""Erasing somebody's words: looked for in every byte that is kept, before and after."""

from importlib import import_module
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from coproduction.celery import app
from coproduction.jobs.models import Job
from coproduction.projects.models import Letter
from coproduction.projects.services.letter import Draft, write_letters
from coproduction.projects.trail.verification import verify
from coproduction.projects.unsent import sign_writer
from engagements.imports.columns import Columns
from engagements.models import Comment, ErasedComment, ImportBatch, RefusedRow
from engagements.services.erasure import erase_comment
from engagements.services.import_batch import map_import, run_import, start_import
from engagements.services.submission import CommentDraft, add_submission
from engagements.services.survey import answer_survey, open_survey
from engagements.services.withholding import redact_comment
from overview.services.taking_out import ask_for_archive
from plan.models import Correction, Edition
from plan.queries.erasure import PLACES
from plan.services.erasure import CLEAR_ROOM
from tests.plan.kept_words import CANT_HOLD, declared_open, declared_private, places_with
from tests.plan.remains import remains_of
from tests.plan.story import Story, both
from themes.models import Quote
from themes.services.coding import code_comment
from themes.services.quote import choose_quote

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = 20
MARK = "Zwyrdlefrôck Quaxibble"
SAID = f"The {MARK} by the gate squeaks, says Nerys of 4 High Street."
LEFT = f"The {MARK} by the gate squeaks."
FILE = f"""id,words,about,age,area
1,Ducks are lovely,asset,,
"2, {MARK}","{SAID}",need,"{MARK}, young","by the {MARK}"
3,Ponds are lovely too,asset,,
"4, {MARK}","{SAID}",nonsense,,
"""


def run_jobs() -> int:
    """Do what a worker does until nothing is due; return how many jobs that were."""
    app.loader.import_default_modules()
    done = 0
    while (job := Job.objects.due().order_by("pk").first()) is not None:
        worked = app.tasks[job.task](str(job.uuid))
        job.refresh_from_db()
        if job.task == CLEAR_ROOM and job.state == Job.State.QUEUED and job.attempts < TRIES:
            # PostgreSQL counted its rows by itself just then: asked again, as a worker would later.
            Job.objects.filter(pk=job.pk).update(wake_at=timezone.now())
            continue
        assert worked, job.task
        assert job.state == Job.State.DONE, (job.task, job.sentence)
        done += 1
    return done


@pytest.fixture
def everywhere(story: Story, files: Path) -> list[Comment]:
    """Words said by survey, by hand and by file, and then used in all ways there are."""
    comments = [_by_survey(story), _by_hand(story), *_by_file(story)]
    for comment in comments:
        code_comment(comment=comment, codes=[story.code], by=story.analyst)
    # Taken out by name, then quoted, translated and cited.
    redact_comment(
        comment=comments[0],
        text=LEFT,
        translation={"cy": f"Mae {MARK} yn gwichian."},
        descriptor=f"Owner of the {MARK}",
        by=story.coordinator,
    )
    choose_quote(
        comment=comments[0],
        theme=story.theme,
        extract=f"{MARK} by the gate",
        translation={"cy": f"{MARK} wrth y giât"},
        descriptor=f"Owner of the {MARK}",
        by=story.analyst,
    )
    # One whose translation was taken out with the name.
    redact_comment(comment=comments[1], text=LEFT, by=story.coordinator)
    story.cite(story.mend, *comments)
    edition = story.publish()
    assert str(Quote.objects.get(comment=comments[0]).uuid) in str(edition.snapshot)
    _waiting(story, comments[0])
    ask_for_archive(project=story.project, by=story.coordinator)
    run_jobs()
    for address in ("plan/", "plan/actions/1/", "what-we-heard/", "plan/print/"):
        for form in ({}, {"HTTP_ACCEPT_ENCODING": "gzip"}):
            assert Client().get(f"/{story.project.slug}/{address}", **form).status_code == 200
    return comments


def _by_survey(story: Story) -> Comment:
    survey = open_survey(
        project=story.project,
        engagement=story.swings.engagement,
        slug="gate",
        title=both("The gate"),
        introduction={},
        by=story.coordinator,
    )
    kept = answer_survey(
        survey=survey,
        answers={"need": SAID},
        language="en",
        quote_consent=True,
        descriptor=f"Nerys, {MARK}",
    )
    return kept.comments.get()


def _by_hand(story: Story) -> Comment:
    kept = add_submission(
        engagement=story.swings.engagement,
        comments=[CommentDraft(story.swings.question, SAID, {"cy": f"{MARK} (cy)"})],
        quote_consent=True,
        by=story.coordinator,
    )
    return kept.comments.get()


def _by_file(story: Story) -> list[Comment]:
    batch = start_import(
        engagement=story.swings.engagement,
        file=BytesIO(FILE.encode("utf-16")),
        name="gate.csv",
        by=story.coordinator,
    )
    fields = {"question": "about", "id": "id", "age": "age", "area": "area"}
    columns = Columns(texts=(("words", ""),), fields=fields)
    map_import(batch=batch, columns=columns, by=story.coordinator, in_background=False)
    run_import(batch=batch)
    assert RefusedRow.objects.get(batch=batch).row == 5
    return list(Comment.objects.filter(submission__batch=batch, text=SAID))


def _waiting(story: Story, comment: Comment) -> None:
    """Have a form wait in a session, and a letter that did not go."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    other = {"path": "/bryn/themes/", "sent": {"name": ["Gates, not only hers"]}}
    mine = {"path": "/bryn/themes/quotes/", "sent": {"extract": [f"{MARK} by the gate squeaks"]}}
    store["unsent"] = [
        {
            **each,
            "name": str(uuid4()),
            "at": timezone.now().timestamp(),
            "writer": sign_writer(story.analyst),
        }
        for each in (mine, other)
    ]
    store.save()
    text = f"Somebody wrote: {SAID}"
    draft = Draft(to="a@bryn.example", subject=f"A gate: {MARK}", text=text, language="en")
    (letter,) = write_letters(project=story.project, kind="test", drafts=[draft])
    Letter.objects.filter(pk=letter.pk).update(state="refused", tries=1, smtp_code=550)


def test_erased_words_are_in_no_byte_that_is_kept(
    everywhere: list[Comment], story: Story, files: Path
) -> None:
    before = remains_of(MARK, files)
    assert any("imports/" in each for each in before), before
    assert any("plans/" in each and "as text" in each for each in before), before
    assert any("archives/" in each for each in before), before
    assert "a session" in before
    # Whatever is said to hold words of people did, or says here why it can't.
    held = places_with(MARK, before)
    assert declared_private() - held == CANT_HOLD.keys()
    assert held & CANT_HOLD.keys() == set()
    # And words of people stand in nothing that is said to be nobody's.
    assert held & declared_open() == set()
    counted = Comment.objects.of(story.project).said().count()
    quoted = str(Quote.objects.get(comment=everywhere[0]).uuid)
    for comment in everywhere:
        erase_comment(comment=comment, by=story.coordinator)
    # Nobody reads them from the first moment on, whatever is still to be cleared.
    for address in ("plan/", "plan/actions/1/", "what-we-heard/", "plan/print/", "plan/plan.json"):
        assert MARK not in Client().get(f"/{story.project.slug}/{address}").content.decode()
    assert run_jobs()
    assert remains_of(MARK, files) == []
    assert remains_of("Nerys", files) == []
    assert places_with(MARK, []) == set()

    # An edition holds no words of a quote, but names it, and has its fingerprint.
    (edition,) = Edition.objects.of(story.project)
    assert quoted not in str(edition.snapshot)

    erasures = ErasedComment.objects.of(story.project)
    assert len(erasures) == len(everywhere) == 3
    assert all(set(each.gone_from) == PLACES.keys() and each.finished_at for each in erasures)
    assert Comment.objects.of(story.project).said().count() == counted
    assert Correction.objects.of(story.project).count() == 1
    assert verify(story.project).faults == ()
    # What others said stands as it was.
    assert Quote.objects.of(story.project).count() == 2
    with ImportBatch.objects.get().file.open() as file:
        assert "Ducks are lovely" in file.read().decode("utf-16")
