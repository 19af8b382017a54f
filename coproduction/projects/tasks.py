"""Work done later and elsewhere: telling people they were invited."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from coproduction.jobs.running import Progress, background
from coproduction.projects.models import Membership
from coproduction.projects.services.letter import send_letter


@background("projects.tell_invited")
def tell_invited(progress: Progress, *, membership: str) -> None:
    """Write to somebody who was given a role, in their language, with the way to sign in."""
    found = (Membership.objects.filter(uuid=membership).select_related("user", "project")).first()
    if found is None:
        # The role was taken away again before the mail went out.
        return
    with translation.override(found.user.language):
        about = {
            "project": found.project,
            "membership": found,
            "sign_in_url": f"{settings.SITE_URL}{reverse('account_login')}",
        }
        send_letter(
            subject=render_to_string("projects/email/invited_subject.txt", about),
            text=render_to_string("projects/email/invited_message.txt", about),
            to=found.user.email,
        )
