"""Signing in at another site's door, by OpenID Connect: only who has an account here already.

The provider says which addresses are somebody's, and we believe it where it says that it verified
one. Nothing it says is kept: whose account it is, is asked anew each time.
"""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coproduction.projects.models import User

logger = logging.getLogger(__name__)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Finds the account of a verified address, and refuses all else in plain words."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse: people are invited by a project."""
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """Return who has an address that the provider verified; nobody whose account is closed."""
        for email in _verified(sociallogin):
            user = User.objects.who_signs_in_at(email)
            if user is not None:
                return user, user.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Send back to the page of signing in whoever can't come in, and say why.

        Raises ImmediateHttpResponse, which is how allauth is told.
        """
        if not _is_of_one_person(sociallogin) or not _verified(sociallogin):
            sentence = _(
                "%(name)s does not say that your e-mail address is yours. Sign in with a code."
            )
            raise ImmediateHttpResponse(turned_away(request, sentence))
        if not sociallogin.is_existing:
            sentence = _(
                "There is no account here with the address that %(name)s has for you. "
                "Ask your co-ordinator to invite that address."
            )
            raise ImmediateHttpResponse(turned_away(request, sentence))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Send back whoever did not get through at the provider. Raises ImmediateHttpResponse."""
        what = type(exception).__name__ if exception else error
        logger.warning("Single sign-on failed: %s.", what)
        sentence = _("Signing in with %(name)s did not work. Try again, or use a code.")
        raise ImmediateHttpResponse(turned_away(request, sentence))


def is_single_sign_on() -> bool:
    """Say whether an operator has set a provider."""
    return bool(settings.OIDC_SERVER_URL)


def turned_away(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer with the way to the page of signing in, and a sentence to be read there."""
    messages.error(request, sentence % {"name": settings.OIDC_NAME})
    return redirect("account_login")


def _verified(sociallogin: Any) -> list[str]:
    """Return the addresses that the provider says it verified; some write true as a word."""
    return [
        each.email
        for each in sociallogin.email_addresses
        if each.verified is True or each.verified == "true"
    ]


def _is_of_one_person(sociallogin: Any) -> bool:
    """Say whether both things that the provider told are of the same person, as the norm asks."""
    told = sociallogin.account.extra_data
    subjects = {told[part].get("sub") for part in ("id_token", "userinfo") if told.get(part)}
    return len(subjects) == 1
