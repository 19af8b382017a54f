"""Work done later and elsewhere: sending letters."""

from collections.abc import Mapping

from coproduction.jobs.running import Progress, background
from coproduction.projects.models import Membership
from coproduction.projects.services.letter import SEND_LETTERS
from coproduction.projects.services.membership import write_invitation
from coproduction.projects.services.sending import send_due_letters
from coproduction.projects.services.session import (
    clear_ended_sessions,
    clear_old_sendings,
    clear_old_unsent,
)


@background(SEND_LETTERS)
def send_letters(progress: Progress) -> Mapping[str, int]:
    """Send the letters that are due; and, since it runs whenever somebody signs in, tidy up."""
    clear_ended_sessions()
    clear_old_unsent()
    clear_old_sendings()
    return send_due_letters(confirm=progress.confirm)


@background("projects.tell_invited")
def tell_invited(progress: Progress, *, membership: str) -> None:
    """Write an invitation that was asked for before letters were rows; nothing asks so any more."""
    found = Membership.objects.select_related("user", "project").filter(uuid=membership).first()
    if found is not None:
        write_invitation(found)
