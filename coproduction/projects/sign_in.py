"""Sign-in by e-mailed code: what we ask of allauth, and where a person lands."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from coproduction.projects.models import User


class Adapter(DefaultAccountAdapter):
    """Closes sign-up; sends a person to their own work in their own language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: people are invited by a project."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send a person to the list of their projects, in the language they prefer."""
        language = request.user.language if isinstance(request.user, User) else "en"
        with translation.override(language):
            return reverse("overview:projects")
