"""The way to a provider of single sign-on and back, under the names that allauth asks for."""

from allauth.socialaccount.providers.openid_connect import views as allauth_views
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from requests import RequestException

from coproduction.projects.pages import site_view
from coproduction.projects.single_sign_on import is_single_sign_on, turned_away


@site_view(may="anyone")
def openid_connect_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to the provider; where there is none, to the page of signing in."""
    if not is_single_sign_on():
        return redirect("account_login")
    try:
        answer: HttpResponseBase = allauth_views.login(request, provider_id)
    except RequestException:
        answer = turned_away(request, _("We can't reach %(name)s just now. Sign in with a code."))
    return answer


@site_view(may="anyone")
def openid_connect_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take what the provider says of whoever comes back."""
    if not is_single_sign_on():
        return redirect("account_login")
    answer: HttpResponseBase = allauth_views.callback(request, provider_id)
    return answer
