"""Addresses for signing in, under the names that allauth asks for."""

from django.urls import path

from coproduction.projects.views import sign_in

urlpatterns = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("login/", sign_in.sign_in, name="account_request_login_code"),
    path("login/code/", sign_in.sign_in_code, name="account_confirm_login_code"),
    path("logout/", sign_in.sign_out, name="account_logout"),
]
