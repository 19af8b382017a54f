"""Every setting of signing in: codes, the second step, single sign-on, and for how long."""

import os
from urllib.parse import urlsplit

from coproduction.environment import one_of, secret

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "coproduction.projects.sign_in.Adapter"
ACCOUNT_FORMS = {
    "request_login_code": "coproduction.projects.forms.sign_in.SignInForm",
    "confirm_login_code": "coproduction.projects.forms.sign_in.SignInCodeForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# How many codes may be asked for; who is counted how, says coproduction/projects/sign_in.py.
ACCOUNT_RATE_LIMITS = {
    "code_from_network": "20/m/ip",
    "code_from_network_to_address": "3/m/key,10/h/key",
    "code_to_address": "60/h/key",
    "code_from_known_browser": "3/m/key,20/h/key",
    # Wrong codes of the second step, of one person.
    "login_failed": "5/5m/key",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# How long somebody stays signed in: unused, and at the most. Checked with every request.
SIGNED_IN_UNUSED_DAYS = float(os.environ.get("SIGNED_IN_UNUSED_DAYS", "14"))
SIGNED_IN_DAYS = float(os.environ.get("SIGNED_IN_DAYS", "30"))
SESSION_ENGINE = "coproduction.projects.sessions"
SESSION_COOKIE_AGE = int(SIGNED_IN_DAYS * 24 * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- The second step ----

# Whoever hands out roles, decides or publishes is asked for one: "asked", or "offered" to everybody
# and asked of nobody. In demo mode it is only offered: see coproduction/projects/second_step.py.
SECOND_STEP_IS_ASKED = bool(one_of("SECOND_STEP", ("offered", "asked"), "asked"))
# For so many days from the first sign-in that asks for it they go on without.
SECOND_STEP_GRACE_DAYS = float(os.environ.get("SECOND_STEP_GRACE_DAYS", "14"))
MFA_ADAPTER = "coproduction.projects.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The app's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# Whoever showed the second step so many seconds ago is not asked for it again.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60

# --- Single sign-on ----

# A provider of OpenID Connect, for people who have an account here already; off without one.
OIDC_SERVER_URL = os.environ.get("OIDC_SERVER_URL", "")
OIDC_NAME = os.environ.get("OIDC_NAME") or urlsplit(OIDC_SERVER_URL).hostname or ""
OIDC_ID = "sso"
SOCIALACCOUNT_ADAPTER = "coproduction.projects.single_sign_on.SingleSignOnAdapter"
# By a link: a form that ends at another site would need a hole in the policy of what may load.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": OIDC_ID,
                "name": OIDC_NAME,
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": secret("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}
