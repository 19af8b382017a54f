"""Slips of paper for people heard face to face: the code that finds again what they said."""

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from engagements.models import Engagement, Submission
from engagements.views.breadcrumbs import engagement_crumbs

# Eight to a sheet of paper.
PER_PAGE = 48
_HEARD_FACE_TO_FACE = (Submission.Channel.TYPED, Submission.Channel.PASTED)


@project_view(may="engagements.log")
@require_safe
def engagement_slips(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Print a slip for everyone whose words were typed or pasted in; none holds a word of them."""
    engagements = Engagement.objects.of(project).select_related("project")
    found = get_object_or_404(engagements, uuid=uuid)
    entered = found.submissions.not_undone().filter(channel__in=_HEARD_FACE_TO_FACE)
    page = Paginator(entered.order_by("pk"), PER_PAGE).get_page(request.GET.get("page"))
    first = page.start_index()
    context = {
        "engagement": found,
        "page": page,
        "slips": list(enumerate(page, start=first)),
        "addresses": _addresses(project),
        "crumbs": engagement_crumbs(project, found),
    }
    return render(request, "engagements/engagement_slips.html", context)


def _addresses(project: Project) -> list[tuple[str, str]]:
    """Return where a code is typed in, in each of the project's languages, as read aloud."""
    found = []
    for language in project.languages:
        with translation.override(language):
            path = reverse("plan:follow", kwargs={"project": project.slug})
        found.append((language, settings.SITE_URL.partition("://")[2] + path))
    return found
