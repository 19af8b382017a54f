"""Sign-in by e-mailed code: what we ask of allauth, and where a person lands.

Whether an address is somebody's changes nothing of what is done for it: the same questions are
asked of the database, and the same rows are written. A letter with a code is written to whatever
address was typed; the worker that comes to send it drops it where nobody signs in with it.
"""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import secret_fingerprint
from coproduction.languages.codes import page_language
from coproduction.projects.forms.sign_in import fingerprint_of_code
from coproduction.projects.known_browser import browser_known_to
from coproduction.projects.models import Letter, User
from coproduction.projects.rate_limit import place_of
from coproduction.projects.second_step import has_second_step, is_asked, took_second_step
from coproduction.projects.services.letter import Draft, write_letters
from coproduction.projects.services.second_step import begin_grace
from coproduction.projects.services.sign_ins import note_signed_in, note_signed_out


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

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what counts as one place to the limits on signing in; no address."""
        return place_of(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send a person to the list of their projects, in the language they prefer.

        Whose role asks for a second step, and who has none, is led to it first.
        """
        user = request.user
        language = user.language if isinstance(user, User) else page_language()
        with translation.override(language):
            is_led = self._leads_to_second_step(request)
            return reverse("mfa_index" if is_led else "overview:projects")

    def _leads_to_second_step(self, request: HttpRequest) -> bool:
        """Say whether to show somebody, gently, that a second step is asked of them."""
        user = request.user
        asked = is_asked() and isinstance(user, User) and user.second_step_due is not None
        return asked and not took_second_step(request)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign somebody in, and note it; who is asked for a second step has time from now on."""
        super().login(request, user)
        note_signed_in(user)
        begin_grace(user=user)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Name the one page on which somebody takes their second step again."""
        page = {"id": "mfa_reauthenticate", "description": "", "url": reverse("mfa_reauthenticate")}
        return [page] if has_second_step(user) else []

    def logout(self, request: HttpRequest) -> None:
        """Sign somebody out, and note it."""
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            note_signed_out(user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the person written to, whatever page was open.

        The letter goes before all others, and is dropped when its code would no longer work. The
        answer is the same whatever becomes of it: the page says what to do when no e-mail comes.
        """
        person = User.objects.who_signs_in_at(email)
        language = person.language if person else page_language()
        with translation.override(language):
            message = self.render_mail(template_prefix, email, context)
        draft = Draft(
            to=email, subject=str(message.subject), text=str(message.body), language=language
        )
        code_works_for = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        write_letters(
            project=None,
            kind=Letter.SIGN_IN_CODE,
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


class _CodeForAnyone(LoginCodeVerificationProcess):
    """A code for whatever address was typed; whose it is, is asked once the code was right."""

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """Write the letter. Only a fingerprint of its code is kept in the session."""
        code = self.generate_code()
        get_adapter().send_mail("account/email/login_code", email, {"code": code})
        self.state["code"] = fingerprint_of_code(code)


def send_code(request: HttpRequest, email: str) -> None:
    """Write a letter with a code for an address, which the code page of this browser takes."""
    login = Login(email=email)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update(_CodeForAnyone.initial_state(user=None, email=email), initiated_by_user=True)
    process = _CodeForAnyone(stage)
    process.send()
    process.persist()


def may_ask_for_code(request: HttpRequest, email: str) -> bool:
    """Count one more code asked for; say whether that is not too often.

    A browser that signed this address in before is counted by itself alone, so that nobody else can
    use up what is hers. For any other it is counted how many codes its network asks for, how many
    for this address, and how many are sent to this address in all, so that no mailbox is flooded.
    """
    if browser := browser_known_to(request, email):
        return consume(request, action="code_from_known_browser", key=f"{browser}:{email}")
    to = secret_fingerprint(f"code:{email}")
    here = f"{to}:{place_of(request)}"
    return (
        consume(request, action="code_from_network")
        and consume(request, action="code_from_network_to_address", key=here)
        and consume(request, action="code_to_address", key=to)
    )
