"""Letters: what the safeguarding lead is told, and what never leaves by e-mail."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from coproduction.jobs.services import FOR_A_DAY, enqueue
from coproduction.languages.typed_text import clean_address
from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import Membership
from coproduction.projects.services.letter import send_letter
from engagements.models import Concern


def enqueue_letter_to_lead(*, concern: Concern) -> bool:
    """Have the safeguarding lead written to, by a job that keeps trying for a day.

    Part of the caller's transaction. Return False, and ask for nothing, when no lead is named.
    """
    project = concern.comment.project
    if not project.safeguarding_lead:
        return False
    concern.letter = enqueue(
        task="engagements.tell_lead",
        scope=str(project.uuid),
        arguments={"concern": concern.pk},
        tries=FOR_A_DAY,
    ).uuid
    concern.save(update_fields=["letter"])
    return True


def send_letter_to_lead(*, concern: Concern) -> bool:
    """Write to the project's safeguarding lead, in each of its languages, without the words.

    The link is for a lead who may open it; another is told whom to ask. Nothing is sent when the
    project names no lead, or when the concern is resolved already.
    """
    project = concern.comment.project
    if not project.safeguarding_lead or not concern.is_open:
        return False
    resolving = Membership.objects.filter(
        project=project, role__in=CAPABILITIES["concerns.resolve"], user__is_active=True
    )
    signs_in = resolving.filter(user__email=clean_address(project.safeguarding_lead)).exists()
    coordinators = [
        each.user for each in resolving.select_related("user").order_by("user__name", "pk")[:5]
    ]
    parts = []
    for language in project.languages:
        with translation.override(language):
            address = reverse("engagements:concern_list", kwargs={"project": project.slug})
            parts.append(
                render_to_string(
                    "engagements/concern_letter.txt",
                    {
                        "project": project,
                        "concern": concern,
                        "url": settings.SITE_URL + address if signs_in else "",
                        "coordinators": coordinators,
                    },
                ).strip()
            )
    with translation.override(project.languages[0]):
        subject = _("Somebody is worried about a comment in %(place)s") % {"place": project.place}
    text = "\n\n----\n\n".join(parts) + "\n"
    send_letter(subject=subject, text=text, to=project.safeguarding_lead)
    return True
