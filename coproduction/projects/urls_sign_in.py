"""Addresses for signing in, under the names that allauth asks for."""

from django.urls import path

from coproduction.projects.views import second_step, sign_in, single_sign_on

urlpatterns = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("login/", sign_in.sign_in, name="account_request_login_code"),
    path("login/code/", sign_in.sign_in_code, name="account_confirm_login_code"),
    path("login/second-step/", second_step.mfa_authenticate, name="mfa_authenticate"),
    path("logout/", sign_in.sign_out, name="account_logout"),
    path(
        "oidc/<slug:provider_id>/login/",
        single_sign_on.openid_connect_login,
        name="openid_connect_login",
    ),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        single_sign_on.openid_connect_callback,
        name="openid_connect_callback",
    ),
    path("again/", second_step.mfa_reauthenticate, name="mfa_reauthenticate"),
    path("me/second-step/", second_step.mfa_index, name="mfa_index"),
    path("me/second-step/app/", second_step.mfa_activate_totp, name="mfa_activate_totp"),
    path("me/second-step/passkey/", second_step.mfa_add_webauthn, name="mfa_add_webauthn"),
    path(
        "me/second-step/recovery-codes/",
        second_step.mfa_view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
]
