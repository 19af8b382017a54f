"""The language of what says none is guessed by the job, said to be a guess, and put right."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from coproduction.jobs.models import Job
from coproduction.jobs.running import run
from coproduction.languages.codes import UNKNOWN_LANGUAGE
from coproduction.projects.models import AuditEntry, Project, User
from engagements.imports.columns import Columns
from engagements.models import Comment, ImportBatch, Look, Submission
from engagements.queries.hint import LOOK
from engagements.services.bulk_change import CommentsShown, NewValue, change_comments
from engagements.services.comment import correct_comment
from engagements.services.import_batch import map_import, run_import
from engagements.services.language_guess import guess_languages
from engagements.tasks import look_at_comments
from tests.themes.comments import make_comments

pytestmark = pytest.mark.django_db
SAYS_NONE = UNKNOWN_LANGUAGE


def languages(project: Project) -> list[tuple[str, str, bool]]:
    """Return each comment's language, its sitting's, and whether that is a guess."""
    rows = Comment.objects.of(project).order_by("pk")
    names = ("language", "submission__language", "submission__language_is_guess")
    return list(rows.values_list(*names))


def test_what_says_none_waits_and_is_guessed_before_it_is_looked_at(project: Project) -> None:
    make_comments(project, "A bench", "Mae'r afon yn lân", language=SAYS_NONE, consent=True)
    assert not Comment.objects.of(project).publishable().exists()
    assert run(look_at_comments, job=Job.objects.get(task=LOOK).uuid)
    assert languages(project) == [("en", "en", True), ("cy", "cy", True)]
    assert Comment.objects.of(project).publishable().count() == 2
    entry = AuditEntry.objects.get(verb="engagements.languages_guessed")
    assert entry.now == {"sittings": 2}
    assert guess_languages(project=project) == 0


def test_where_the_words_do_not_tell_it_is_the_projects_first(project: Project) -> None:
    make_comments(project, "12345", language=SAYS_NONE)
    guess_languages(project=project)
    assert languages(project) == [("en", "en", True)]


def test_a_translation_into_what_is_its_own_language_is_in_the_other(project: Project) -> None:
    english, welsh = make_comments(
        project, "More buses please", "Mwy o fysiau", language=SAYS_NONE, translation={"en": "X"}
    )
    guess_languages(project=project)
    english.refresh_from_db()
    welsh.refresh_from_db()
    assert list(english.translation.entries) == ["cy"]
    assert list(welsh.translation.entries) == ["en"]


def test_what_somebody_said_of_it_is_no_guess_any_more(project: Project, coordinator: User) -> None:
    one, other = make_comments(project, "A bench", "A bin", language=SAYS_NONE)
    guess_languages(project=project)
    one.refresh_from_db()
    correct_comment(
        comment=one,
        question=one.question,
        descriptor="",
        quote_consent=False,
        language="cy",
        by=coordinator,
    )
    shown = CommentsShown(
        entry=AuditEntry.objects.filter(project=project).latest("number").number,
        newest=other.pk,
        ticked=[other.pk],
    )
    to = NewValue(kind="language", language="en")
    change_comments(project=project, shown=shown, to=to, by=coordinator)
    assert languages(project) == [("cy", "cy", False), ("en", "en", False)]


def test_rows_of_a_file_that_say_none_are_guessed_and_the_others_left(
    project: Project, coordinator: User, client_of: Callable[..., Client], take_in: Any
) -> None:
    rows = (
        "Comment,Question,Lang\nA bus after six,need,ENG\nWięcej ławek,need,pl\n"
        "A bench,need,\nMae'r afon yn lân,asset,\n"
    )
    fields = {"question": "Question", "language": "Lang"}
    columns = Columns(texts=(("Comment", ""),), fields=fields)
    map_import(batch=(taken := take_in(rows)), columns=columns, language=SAYS_NONE, by=coordinator)
    run_import(batch=taken)
    guess_languages(project=project)
    assert [(own, guess) for own, _of, guess in languages(project)] == [
        ("en", False),
        ("pl", False),
        ("en", True),
        ("cy", True),
    ]
    batch = ImportBatch.objects.get()
    page = client_of(coordinator).get(f"/bryn/engagements/imports/{batch.uuid}/").content.decode()
    assert "Rows that said no language." in page
    comment = Comment.objects.get(text="A bench")
    address = f"/bryn/engagements/comments/{comment.submission.uuid}/{comment.position}/"
    assert "A guess" in client_of(coordinator).get(address).content.decode()
    assert Submission.objects.filter(language_is_guess=True).count() == 2
    assert {each.look for each in Comment.objects.of(project)} == {Look.WAITING}
