"""What tests of the listening ask for: an engagement, the questions, comments, files."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engagements.imports.columns import Columns
from engagements.models import Comment, Engagement, ImportBatch, Method, Question
from engagements.services.engagement import plan_engagement
from engagements.services.import_batch import map_import, run_import, start_import
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, add_submission
from tests.beginnings import beginning
from tests.engagements.comments import WORDS

# What is said of an import beside what its columns are.
_BESIDE = {"values", "splits", "only", "skip_same"}


@beginning
def engagement(project, coordinator) -> Engagement:
    """A fun day that was held, at which 40 people were heard."""
    return plan_engagement(
        project=project,
        title="Fun day",
        method=Method.EVENT,
        place="The park",
        date=date(2024, 5, 4),
        status=Engagement.Status.HELD,
        people_heard=40,
        by=coordinator,
    )


@beginning
def questions(project, coordinator) -> dict[str, Question]:
    """The project's questions, by kind."""
    return ensure_questions(project=project, by=coordinator)


@pytest.fixture
def say(engagement, questions, coordinator) -> Callable[..., Comment]:
    """Keep a comment: ``say("The park", kind="need", quote_consent=True)``."""

    def said(text: str, *, kind: str = "asset", **more: Any) -> Comment:
        submission = add_submission(
            engagement=more.pop("at", engagement),
            comments=[CommentDraft(questions[kind], text, more.pop("translation", {}))],
            by=coordinator,
            **more,
        )
        return Comment.objects.get(submission=submission)

    return said


@pytest.fixture
def comment(say) -> Comment:
    """A comment that may be quoted."""
    return say(WORDS, quote_consent=True, descriptor="Grandfather, 70")


@pytest.fixture
def here(project) -> str:
    """The address of the list of comments."""
    return reverse("themes:comment_list", kwargs={"project": project.slug})


@pytest.fixture
def both(client_of, coordinator) -> tuple[Client, Client]:
    """Two windows in which a co-ordinator is signed in."""
    return client_of(coordinator), client_of(coordinator)


@pytest.fixture
def take_in(engagement, coordinator, files) -> Callable[..., ImportBatch]:
    """Take a file in, unmapped: ``take_in("text\\nA park\\n")`` or bytes."""

    def taken(content: str | bytes, name: str = "notes.csv", **where: Any) -> ImportBatch:
        data = content.encode() if isinstance(content, str) else content
        where = where or {"engagement": engagement}
        return start_import(file=BytesIO(data), name=name, by=coordinator, **where)

    return taken


@pytest.fixture
def bring_in(take_in, coordinator) -> Callable[..., ImportBatch]:
    """Import a file to the end: ``bring_in("text\\nA park\\n", texts=[("text", "asset")])``."""

    def brought(
        content: str | bytes, texts: Any = (("text", ""),), question: Any = None, **said: Any
    ) -> ImportBatch:
        more = {name: said.pop(name) for name in _BESIDE & said.keys()}
        where = {"project": said.pop("project")} if "project" in said else {}
        batch = take_in(content, **where)
        map_import(
            batch=batch,
            columns=Columns(
                texts=tuple(tuple(pair) for pair in texts),
                fields={**said.pop("fields", {}), **said},
                **more,
            ),
            question=question,
            by=coordinator,
        )
        return run_import(batch=batch)

    return brought
