"""Who is measured for: the sample's project, its people, and clients signed in as them."""

from functools import cache

from django.test import Client

from coproduction.projects.models import Membership, Project, User

PROJECT = "bryncoed"
# The project with one of everything, and the file that says what each address takes of it.
EXAMPLE, TAKEN = "oneofeach", "taken.json"


def sample_project() -> Project:
    """Return the project whose pages are measured."""
    return Project.objects.get(slug=PROJECT)


@cache
def role_of(role: str, project: str = PROJECT) -> User:
    """Return who plays a role in a project."""
    rows = Membership.objects.filter(project__slug=project, role=role).select_related("user")
    return rows.order_by("pk")[0].user


@cache
def client_of(role: str, project: str = PROJECT) -> Client:
    """Return a client signed in as who plays a role; with an empty role, as nobody."""
    client = Client(headers={"accept-encoding": "gzip"})
    if role:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(role_of(role, project), backend=backend)
    return client


def client_for(url: str, role: str) -> Client:
    """Return a client signed in as who plays the role in the project that the address begins with.

    Addresses of no project are opened by the sample's people.
    """
    return client_of(role, EXAMPLE if f"/{EXAMPLE}/" in url else PROJECT)


def session_of(role: str) -> str:
    """Return the cookie by which a role is signed in, for requests over HTTP."""
    return str(client_of(role).cookies["sessionid"].value)
