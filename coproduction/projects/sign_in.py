"""Sign-in by e-mailed code: what we ask of allauth, and where a person lands."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from coproduction.languages.codes import page_language
from coproduction.projects.models import User
from coproduction.projects.services.letter import Draft, write_letters


class Adapter(DefaultAccountAdapter):
    """Closes sign-up; writes to people, and sends them to their work, in their own language."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code we sent. Check the e-mail and try again."),
        "too_many_login_attempts": _(
            "There have been too many tries. Wait a few minutes, then ask for a new code."
        ),
        "rate_limited": _("There have been too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: people are invited by a project."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send a person to the list of their projects, in the language they prefer."""
        language = request.user.language if isinstance(request.user, User) else page_language()
        with translation.override(language):
            return reverse("overview:projects")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the person written to, whatever page was open.

        The letter goes before all others, and is dropped when its code would no longer work. The
        answer is the same whatever becomes of it: the page says what to do when no e-mail comes.
        """
        person = User.objects.at_address(email)
        language = person.language if person else page_language()
        with translation.override(language):
            message = self.render_mail(template_prefix, email, context)
        draft = Draft(
            to=email, subject=str(message.subject), text=str(message.body), language=language
        )
        code_works_for = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        write_letters(
            project=None,
            kind="sign_in_code",
            drafts=[draft],
            expires_at=timezone.now() + code_works_for,
            is_urgent=True,
        )

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as it is written."""
        return subject

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing of codes sent and people signed in: the next page shows it."""
        template = args[2] if len(args) > 2 else kwargs.get("message_template")
        quiet = {"account/messages/login_code_sent.txt", "account/messages/logged_in.txt"}
        if template not in quiet:
            super().add_message(*args, **kwargs)
