"""The mail that was kept instead of sent, where no mail server is named."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings


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
