"""Demo mode: what exists only on the machine of somebody who is trying the app out."""

import email
import email.policy
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from functools import wraps
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

_FORWARDING = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_REAL_IP",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_TRUE_CLIENT_IP",
)


def _is_loopback(host: str) -> bool:
    """Say whether a host name or address means this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_demo(request: HttpRequest) -> bool:
    """Say whether this request may use demo mode.

    Only when it was switched on, the server listens on loopback, the caller is on this machine,
    asked for this machine by name, and nothing passed the request on.
    """
    if not settings.DEMO or not _is_loopback(settings.HOST):
        return False
    host, _, port = request.get_host().rpartition(":")
    name = host if port.isdigit() and host else request.get_host()
    return (
        _is_loopback(name)
        and _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and not any(header in request.META for header in _FORWARDING)
    )


def demo_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a page exist in demo mode only; 404 otherwise."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not is_demo(request):
            raise Http404
        return view(request, **kwargs)

    guarded.access = "demo"  # type: ignore[attr-defined]
    return guarded


@dataclass(frozen=True)
class KeptMail:
    """A mail that was kept instead of sent."""

    subject: str
    to: str
    sent: str
    text: str


def kept_mail(limit: int = 50) -> list[KeptMail]:
    """Return the newest kept mails, newest first; none when mail is really sent."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", "") or "/nonexistent")
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    mails: list[KeptMail] = []
    for path in files[:limit]:
        for raw in reversed(path.read_bytes().split(b"\n" + b"-" * 79 + b"\n")):
            if not raw.strip():
                continue
            message = email.message_from_bytes(raw, policy=email.policy.default)
            body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
            mails.append(
                KeptMail(
                    subject=str(message["Subject"] or ""),
                    to=str(message["To"] or ""),
                    sent=str(message["Date"] or ""),
                    text=body.get_content() if body else "",
                )
            )
    return mails[:limit]
