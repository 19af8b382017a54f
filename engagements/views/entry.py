"""What the pages for typing and pasting share: their engagement, what was just kept, its undo."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduction.projects.access import may
from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, url_for
from coproduction.ui.numbers import format_number
from engagements.forms.paste import MOST_LINES
from engagements.models import Comment, Engagement, Submission
from engagements.services.submission import ENTERED, undo_submissions
from engagements.views.breadcrumbs import entry_crumbs


def find_engagement(project: Project, uuid: UUID) -> Engagement:
    """Return one of the project's engagements. Raises Http404."""
    found: Engagement = get_object_or_404(
        Engagement.objects.of(project).select_related("project"), uuid=uuid
    )
    return found


def entries_within_reach(
    request: TeamRequest, entries: QuerySet[Submission]
) -> QuerySet[Submission]:
    """Return those of some entries that were typed or pasted, and that this person may take back.

    Whoever runs engagements may take anybody's back; a helper knows of none but her own.
    """
    entered = entries.filter(channel__in=ENTERED)
    return entered if may(request, "engagements.log") else entered.filter(by=request.user)


def way_back(request: TeamRequest, found: Engagement) -> str:
    """Return where typing ends: at the engagement, for a helper at what she entered there."""
    page = "engagement" if may(request, "engagements.view") else "entry_list"
    return url_for(found.project, f"engagements:{page}", uuid=found.uuid)


def around_entry(request: TeamRequest, found: Engagement) -> dict[str, Any]:
    """Return what the pages for typing and pasting stand among."""
    return {
        "engagement": found,
        "back": way_back(request, found),
        "crumbs": entry_crumbs(request, found),
        "may_log": may(request, "engagements.log"),
    }


def typed_before(request: TeamRequest, found: Engagement) -> Submission | None:
    """Return the entry typed here that the address names as kept, if it names one."""
    named = uuids_in(request.GET.get("kept", ""))
    typed = found.submissions.filter(channel=Submission.Channel.TYPED, uuid__in=named)
    return entries_within_reach(request, typed).first()


def shown_of(before: Submission | None) -> list[Comment]:
    """Return what may be shown of an entry.

    The address may name one of long ago: what hides its words hides them here too.
    """
    said = before.comments.select_related("question", "submission") if before else []
    return [comment for comment in said if comment.is_visible]


def undo_button(
    found: Engagement, submissions: Iterable[Submission], name: str = "submissions_undo"
) -> dict[str, Any] | None:
    """Say what was just kept, and the way back; nothing when it no longer holds."""
    standing = [each for each in submissions if each.undone_at is None]
    if not standing:
        return None
    many = Comment.objects.filter(submission__in=standing).count()
    text = ngettext("%(number)s comment is kept.", "%(number)s comments are kept.", many)
    return {
        "text": text % {"number": format_number(many)},
        "url": url_for(found.project, f"engagements:{name}", uuid=found.uuid),
        "submissions": " ".join(str(each.uuid) for each in standing),
    }


def undo_named(request: TeamRequest, found: Engagement) -> list[Submission]:
    """Take back the entries that a button names, and say so; return them, or none of theirs."""
    named = uuids_in(request.POST.get("submissions", ""))
    # Not those of a file: an import is undone as a whole, so that its counts stay true.
    entered = entries_within_reach(request, found.submissions.filter(uuid__in=named))
    submissions = list(entered.select_related("project", "engagement"))
    if not submissions:
        messages.error(request, _("Those comments are not of this engagement."))
        return []
    # What was typed on one sheet is one entry of several comments.
    standing = [each for each in submissions if each.undone_at is None]
    many = Comment.objects.filter(submission__in=standing).count()
    undo_submissions(submissions=submissions, by=request.user)
    text = ngettext("%(number)s comment was undone.", "%(number)s comments were undone.", many)
    messages.success(request, text % {"number": format_number(many)})
    return submissions


def uuids_in(words: str) -> list[UUID]:
    """Read uuids with spaces between them; anything else is left out."""
    found = []
    for word in words.split()[:MOST_LINES]:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found
