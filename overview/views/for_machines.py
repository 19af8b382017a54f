"""What crawlers and browsers ask every site for by name, and whoever finds a hole in it."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from coproduction.languages.codes import language_codes
from coproduction.projects.pages import site_view

# Doors, and what opens by a code that is somebody's own.
_NOT_FOR_CRAWLERS = ("accounts/", "demo/", "mail/", "*/follow/", "*/pass/", "*/thanks/")


@site_view(may="anyone")
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is not for them; all else is."""
    prefixes = ("", *(f"{code}/" for code in language_codes() if code != settings.LANGUAGE_CODE))
    shut = [f"Disallow: /{prefix}{path}" for prefix in prefixes for path in _NOT_FOR_CRAWLERS]
    return HttpResponse("\n".join(["User-agent: *", *shut, ""]), content_type="text/plain")


@site_view(may="anyone")
@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a hole, as RFC 9116 has it; 404 where nobody was named."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    until = timezone.now().replace(microsecond=0, second=0, minute=0) + timedelta(days=180)
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(language_codes())}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@site_view(may="anyone")
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that look for the sign in its old place to where it is."""
    return redirect(static("favicon.svg"))
