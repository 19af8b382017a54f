"""Checks of mail: whether its server takes us in, and what became of the letters."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduction.projects.mail_server import MailReach, reach_mail_server
from coproduction.projects.models import Letter
from overview.queries.installation.check import Check, look_at, right, wrong, wrong_for_others

# The server may be away for a moment, and a letter be tried again.
_SOON = timedelta(minutes=15)


def mail_server() -> Check:
    """Reach the mail server as a letter would, and say what it says to that."""
    name, at = _("Mail server"), {"setting": "EMAIL_URL"}
    if not settings.EMAIL_BACKEND.endswith(".SmtpBackend"):
        return wrong_for_others(
            name,
            _("Letters are kept here and sent to nobody: people can't sign in."),
            _("Name your mail server in %(setting)s, and start again.") % at,
        )
    reached = reach_mail_server()
    if reached is MailReach.TAKEN_IN:
        return right(name, _("The mail server takes us in."))
    fact, do = {
        MailReach.AWAY: (
            _("The mail server can't be reached."),
            _("See that it runs, and that its name and port in %(setting)s are right.") % at,
        ),
        MailReach.TURNED_AWAY: (
            _("The mail server does not take our name and password."),
            _("Put the right ones into %(setting)s, and start again.") % at,
        ),
        MailReach.NOT_SAFE: (
            _("There is no safe way to the mail server."),
            _("See that its certificate is in date, and that %(setting)s begins as it should.")
            % at,
        ),
    }[reached]
    return wrong(name, fact, do)


def letters() -> Check:
    """Count the letters that wait, that did not go, and that nobody can tell of."""
    name, late = _("Letters"), timezone.now() - _SOON
    # A sign-in code that did not go is asked for again: nobody decides about it.
    to_decide = ~Q(text="")
    waiting = Q(state__in=[Letter.State.WAITING, Letter.State.SENDING])
    found = Letter.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("written_at", filter=waiting),
        uncertain=Count("pk", filter=Q(state=Letter.State.UNCERTAIN) & to_decide),
        failed=Count("pk", filter=Q(state=Letter.State.REFUSED) & to_decide),
    )
    fact = _(
        "Letters that wait: %(waiting)s. That did not go: %(failed)s. Uncertain: %(uncertain)s."
    ) % {each: found[each] for each in ("waiting", "failed", "uncertain")}
    if found["oldest"] and found["oldest"] < late:
        return wrong(
            name,
            fact,
            _("One waits for more than a quarter of an hour: see the mail server and the worker."),
        )
    if found["uncertain"] or found["failed"]:
        return look_at(
            name,
            fact,
            _("A co-ordinator decides in the project's settings whether they are sent again."),
        )
    return right(name, fact)
