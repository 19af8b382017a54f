"""The second step in tests: an app as a phone has it, and signing in as people do."""

import re
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from coproduction.projects.models import User
from coproduction.projects.second_step import SecondStepAdapter

LOGIN = "/accounts/login/"
_CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


def sign_in_by_code(
    client: Client, user: User, deliver: Callable[[], list[EmailMessage]], **more: Any
) -> HttpResponse:
    """Sign in by the code in the mail; return the answer to it."""
    asked = client.post(LOGIN, {"email": user.email, **more})
    mails = [str(mail.body) for mail in deliver() if mail.to == [user.email]]
    code = [found[0] for text in mails if (found := _CODE.search(text))][-1]
    return client.post(asked["Location"].partition("?")[0], {"code": code, **more})


def code_of(secret: str) -> str:
    """Return what an app that has this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def app_code(user: User) -> str:
    """Return what somebody's app shows now."""
    step = Authenticator.objects.get(user=user, type="totp")
    return code_of(SecondStepAdapter().decrypt(step.data["secret"]))


def set_up_app(client: Client, index: str) -> str:
    """Go from the page of second steps to an app, set it up, and return the page after that."""
    page = client.get(index).content.decode()
    (url,) = re.findall(r'href="(/[^"]*/second-step/app/[^"]*)"', page)
    client.get(url)
    answer = client.post(url, {"code": code_of(client.session["mfa.totp.secret"])}, follow=True)
    return answer.content.decode()


def let_time_pass(client: Client) -> None:
    """Have the second step that a browser took lie an hour back."""
    session = client.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 3600
    session.save()
