"""A real provider of OpenID Connect on loopback, for tests of single sign-on: allauth's own.

``python tests/identity_provider.py FOLDER PORT CALLBACK`` serves until it is ended. It has an
installation of its own, and two people: one whose address it verified, and one whose it did not.
"""

import sys
from pathlib import Path

import django
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path
from waitress import serve

PASSWORD = "a password at the provider alone"
CLIENT_ID, CLIENT_SECRET = "coproduction", "a secret of the provider and us"
VERIFIED, UNVERIFIED = "coordinator@bryn.example", "analyst@bryn.example"
UNKNOWN = "nobody@bryn.example"


def configure(folder: str) -> None:
    """Have Django be the provider, with a key and a database of its own."""
    key = generate_private_key(public_exponent=65_537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    middleware = ["sessions.middleware.Session", "auth.middleware.Authentication"]
    templates = "django.template.backends.django.DjangoTemplates"
    settings.configure(
        SECRET_KEY="the provider's own key, long enough",
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(Path(folder, "provider.sqlite3")),
            }
        },
        INSTALLED_APPS=[
            *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"),
            *("django.contrib.messages", "allauth", "allauth.account", "allauth.idp.oidc"),
        ],
        MIDDLEWARE=[
            *(f"django.contrib.{each}Middleware" for each in middleware),
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": templates,
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=pem,
        # Nothing here is worth an hour of guessing.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    addresses = [
        path("accounts/", include("allauth.urls")),
        path("", include("allauth.idp.urls")),
    ]
    settings.ROOT_URLCONF = type("Addresses", (), {"urlpatterns": addresses})


def fill(callback: str) -> None:
    """Make its tables, its people, and who may ask it: us."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - once it is configured
    from allauth.idp.oidc.models import Client  # noqa: PLC0415
    from django.contrib.auth.models import User  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    for email in (VERIFIED, UNVERIFIED, UNKNOWN):
        user = User.objects.create_user(email.partition("@")[0], email=email, password=PASSWORD)
        is_verified = email != UNVERIFIED
        EmailAddress.objects.create(user=user, email=email, verified=is_verified, primary=True)
    client = Client(id=CLIENT_ID, name="Coproduction", skip_consent=True)
    client.set_secret(CLIENT_SECRET)
    client.set_scopes(["openid", "profile", "email"])
    client.set_redirect_uris([callback])
    client.save()


if __name__ == "__main__":
    configure(sys.argv[1])
    fill(sys.argv[3])
    from django.core.wsgi import get_wsgi_application

    serve(get_wsgi_application(), host="127.0.0.1", port=int(sys.argv[2]), threads=2)
