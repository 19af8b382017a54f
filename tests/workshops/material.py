"""What the workshops' tests work on: themes, codes, comments, a workshop and an action."""

import datetime
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from coproduction.languages.models import Translated
from coproduction.projects.models import Organisation, Project, User
from coproduction.projects.services.organisation import add_organisation
from engagements.models import GIVEN, Comment, Engagement, Look, Method, Question, Submission
from tests.cast import make_member
from themes.models import Coding, Finding, Quote, Theme
from workshops.models import Action, Note, Timescale, Workshop
from workshops.services.action import propose_action
from workshops.services.note import NewNote, add_notes
from workshops.services.workshop import plan_workshop


def at(name: str, project: Project, **kwargs: Any) -> str:
    """Return the address of a page of the workshops."""
    return reverse(f"workshops:{name}", kwargs={"project": project.slug, **kwargs})


def make_theme(project: Project, name: str = "Parks", **fields: Any) -> Theme:
    """Make a theme, or with ``parent=`` a code under one."""
    kind = Theme.Kind.CODE if fields.get("parent") else Theme.Kind.THEME
    return Theme.objects.create(
        project=project, kind=kind, name=Translated.of("en", en=name), **fields
    )


def make_comment(project: Project, text: str = "Mend the swings.", **fields: Any) -> Comment:
    """Make a comment that says ``text``, with an engagement and a submission of its own."""
    engagement = Engagement.objects.create(
        project=project, title="Fair", method=Method.EVENT, date=datetime.date(2024, 1, 6)
    )
    kind = fields.pop("question", "need")
    question, _new = Question.objects.get_or_create(
        project=project, kind=kind, defaults={"position": 1, "symbol": GIVEN[kind].symbol}
    )
    submission = Submission.objects.create(
        project=project, engagement=engagement, channel="typed", receipt=uuid4().hex[:16]
    )
    return Comment.objects.create(
        project=project,
        submission=submission,
        engagement=engagement,
        question=question,
        text=text,
        **{"look": Look.DONE, **fields},
    )


def make_quotable(project: Project, text: str, **fields: Any) -> Comment:
    """Make a comment of a young parent who agreed to be quoted."""
    comment = make_comment(project, text, quote_consent=True, **fields)
    comment.submission.descriptor = "A young parent"
    comment.submission.save()
    return comment


def make_coding(comment: Comment, code: Theme, by: User) -> Coding:
    """Put a code on a comment."""
    return Coding.objects.create(
        project=comment.project,
        comment=comment,
        theme=code,
        engagement=comment.engagement,
        question=comment.question,
        by=by,
    )


def make_finding(theme: Theme, by: User, text: str = "People miss the park.") -> Finding:
    """Write what was heard on a theme."""
    return Finding.objects.create(
        project=theme.project, theme=theme, text=Translated.of("en", en=text), by=by
    )


def make_organisation(project: Project, name: str = "Friends of the park") -> Organisation:
    """Add an organisation."""
    return add_organisation(
        project=project, name={"en": name}, sector="charity", by=make_member(project, "coordinator")
    )


def make_workshop(project: Project, **fields: Any) -> Workshop:
    """Plan a workshop with two tables."""
    given = {
        "title": {"en": "Parks evening", "cy": "Noson y parciau"},
        "date": datetime.date(2024, 2, 20),
        "place": "The hall",
        "tables": 2,
    } | fields
    given.setdefault("theme", None)
    theme = given.pop("theme") or make_theme(project)
    return plan_workshop(
        project=project, theme=theme, by=make_member(project, "facilitator"), **given
    )


def make_action(project: Project, **fields: Any) -> Action:
    """Propose an action, in English and Welsh."""
    given = {
        "title": {"en": "Mend the park", "cy": "Trwsio'r parc"},
        "text": {"en": "New swings go in before summer.", "cy": "Siglenni newydd cyn yr haf."},
        "timescale": Timescale.WITHIN_1_YEAR,
        "timescale_note": {"en": "By June", "cy": "Erbyn Mehefin"},
    } | fields
    theme = given.pop("theme", None) or make_theme(project)
    return propose_action(
        project=project, theme=theme, by=make_member(project, "facilitator"), **given
    )


def promise_of(action: Action, **changes: Any) -> dict[str, Any]:
    """Return what an action promises now, as ``reword_action`` takes it, with some changes."""
    wording = action.wordings.latest("number")
    texts = {
        name: {code: entry["text"] for code, entry in getattr(wording, name).entries.items()}
        for name in ("title", "text", "timescale_note")
    }
    return {
        **texts,
        "lead": wording.lead,
        "supporting": list(wording.supporting.all()),
        "timescale": wording.timescale,
    } | changes


def make_quote(comment: Comment, theme: Theme, by: User) -> Quote:
    """Clear a comment's words as a quote of a theme."""
    return Quote.objects.create(
        project=comment.project,
        comment=comment,
        theme=theme,
        extract=comment.text,
        cleared_at=timezone.now(),
        cleared_by=by,
    )


def add_note(*, workshop: Workshop, by: User, **note: Any) -> Note:
    """Add one note."""
    return add_notes(workshop=workshop, notes=[NewNote(**note)], by=by)[0]
