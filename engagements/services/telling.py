"""Letters: what the safeguarding lead is told, and what never leaves by e-mail."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from engagements.models import Concern


def tell_lead(*, concern: Concern) -> bool:
    """Write to the project's safeguarding lead, in each of its languages, without the words.

    Nothing is sent when the project names no lead, or when the concern is settled already.
    """
    project = concern.comment.project
    if not project.safeguarding_lead or not concern.is_open:
        return False
    parts = []
    for language in project.languages:
        with translation.override(language):
            address = reverse("engagements:concern_list", kwargs={"project": project.slug})
            parts.append(
                render_to_string(
                    "engagements/concern_mail.txt",
                    {"project": project, "concern": concern, "url": settings.SITE_URL + address},
                ).strip()
            )
    with translation.override(project.languages[0]):
        subject = _("Somebody is worried about a comment in %(place)s") % {"place": project.place}
    send_mail(subject, "\n\n----\n\n".join(parts) + "\n", None, [project.safeguarding_lead])
    return True
