"""The second step of signing in: who took it in this session, and what is asked of allauth.

A session that was opened with a second step says so itself; so pages ask it and no table. That no
other is open of somebody who has one, services/second_step.py sees to: it ends them.
"""

import base64
import time
from contextlib import suppress
from io import BytesIO
from ipaddress import ip_address

from allauth.account.internal.flows.login import (
    clear_authentication_records,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

from coproduction.fingerprints import secret_fingerprint
from coproduction.projects.models import User

NOT_THE_CODE = _("That is not the code. Look at the app again: it has a new one twice a minute.")
NOT_THE_KEY = _("That did not work. Try again, or use another way.")


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second steps unreadable in the database, and names this site."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": NOT_THE_CODE,
        "unverified_email": NOT_THE_KEY,
    }

    def _get_site_name(self) -> str:
        """Return what an app or a phone calls this site."""
        return f"Coproduction ({super()._get_site_name()})"

    def build_totp_svg(self, url: str) -> str:
        """Return a picture that an app reads, to stand in the page."""
        code = QRCode(image_factory=SvgPathImage, border=4)
        code.add_data(url)
        file = BytesIO()
        code.make_image().save(file)
        # Without the line that is for a file.
        return file.getvalue().decode().partition("?>")[2].strip()

    def encrypt(self, text: str) -> str:
        """Return what is kept of a secret: a copy of the database alone opens nothing."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret; where the installation's key is another now, one that nothing fits."""
        with suppress(InvalidToken):
            return _cipher().decrypt(encrypted_text.encode()).decode()
        return base64.b32encode(Fernet.generate_key()).decode()


def _cipher() -> Fernet:
    """Return what secrets are kept with, made of the installation's key."""
    key = bytes.fromhex(secret_fingerprint("secrets of second steps"))
    return Fernet(base64.urlsafe_b64encode(key))


def is_asked() -> bool:
    """Say whether this installation asks anybody for a second step: not in demo mode."""
    return settings.SECOND_STEP_IS_ASKED and not settings.DEMO


def has_second_step(user: User) -> bool:
    """Say whether somebody has set up a second step."""
    steps = Authenticator.objects.filter(user=user)
    return steps.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def took_second_step(request: HttpRequest) -> bool:
    """Say whether this session was opened with a second step, or one was set up in it."""
    return bool(_steps(request))


def took_it_lately(request: HttpRequest) -> bool:
    """Say whether the second step was taken so lately that it is not asked for again."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(each["at"] > since for each in _steps(request))


def note_step(request: HttpRequest, kind: str) -> None:
    """Note in the session that its person has just shown that they have their second step."""
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)


def forget_steps(request: HttpRequest) -> None:
    """Have the session say no more that a step was taken which its person no longer has."""
    clear_authentication_records(request)


def is_overdue(request: HttpRequest) -> bool:
    """Say whether somebody whose role asks for a second step had time enough to set one up."""
    user = request.user
    if not is_asked() or not isinstance(user, User) or user.second_step_due is None:
        return False
    return user.second_step_due <= timezone.now() and not took_second_step(request)


def may_use_passkeys(request: HttpRequest) -> bool:
    """Say whether a browser can keep a passkey for the address it is at: not for bare numbers."""
    host = request.get_host()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return request.is_secure() or name == "localhost"
    return False


def _steps(request: HttpRequest) -> list[dict[str, float]]:
    """Return each time that the second step was taken in this session."""
    records = get_authentication_records(request, request.user)
    return [each for each in records if each["method"] == "mfa" and each.get("reauthenticated")]
