"""Letters: what the safeguarding lead is told, and what never leaves by e-mail."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from coproduction.languages.typed_text import clean_address
from coproduction.projects.access import CAPABILITIES
from coproduction.projects.models import Membership, Project
from coproduction.projects.services.letter import (
    Draft,
    drop_letter,
    requeue_letter,
    write_letters,
)
from engagements.models import Concern


def write_to_lead(*, concern: Concern) -> bool:
    """Write to the project's safeguarding lead, in each of its languages, without the words.

    Part of the caller's transaction. The link is for a lead who may open it; another is told whom
    to ask. A letter to the same lead that did not go is sent again in its place. Return False, and
    write nothing, when no lead is named, or when the concern is resolved already.
    """
    project = concern.comment.project
    lead = project.safeguarding_lead
    if not lead or not concern.is_open:
        return False
    if requeue_letter(uuid=concern.letter, to=lead):
        return True
    drop_letter(uuid=concern.letter)  # To somebody who is no longer the lead.
    with translation.override(project.languages[0]):
        subject = _("Somebody is worried about a comment in %(place)s") % {"place": project.place}
    text = _text_to_lead(project, "concern_letter", "engagements:concern_list")
    draft = Draft(to=lead, subject=subject, text=text, language=project.languages[0])
    # Those who read the public's mailbox must not see an answer to this.
    (letter,) = write_letters(project=project, kind="concern", drafts=[draft], takes_replies=False)
    concern.letter = letter.uuid
    concern.save(update_fields=["letter"])
    return True


def write_hint_to_lead(*, project: Project) -> bool:
    """Tell the safeguarding lead that somebody may be at risk: a hint, and not what was said.

    Part of the caller's transaction. Return False, and write nothing, when no lead is named.
    """
    if not (lead := project.safeguarding_lead):
        return False
    with translation.override(project.languages[0]):
        subject = _("Somebody may be at risk in %(place)s: please look") % {"place": project.place}
    text = _text_to_lead(project, "hint_letter", "engagements:hint_list")
    draft = Draft(to=lead, subject=subject, text=text, language=project.languages[0])
    return bool(
        write_letters(project=project, kind="worry_hint", drafts=[draft], takes_replies=False)
    )


def _text_to_lead(project: Project, letter: str, page: str) -> str:
    """Return what the lead reads, in each of the project's languages, one below the other."""
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
            address = reverse(page, kwargs={"project": project.slug})
            parts.append(
                render_to_string(
                    f"engagements/{letter}.txt",
                    {
                        "project": project,
                        "url": settings.SITE_URL + address if signs_in else "",
                        "coordinators": coordinators,
                    },
                ).strip()
            )
    return "\n\n----\n\n".join(parts) + "\n"
