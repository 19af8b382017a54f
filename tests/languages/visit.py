"""Visits an installation that speaks Polish, in a process of its own; prints what was found."""

import json
import sys
from uuid import uuid4

import django
from django.test import Client
from django.utils import timezone

django.setup()

from coproduction.projects.models import Project  # noqa: E402
from coproduction.projects.services.person import find_or_add_person  # noqa: E402
from coproduction.projects.services.project import create_project  # noqa: E402
from engagements.models import Comment  # noqa: E402
from engagements.services.engagement import plan_engagement  # noqa: E402
from engagements.services.survey import open_survey  # noqa: E402

WORDS = "Gdzie jest park?"


def make() -> Project:
    """Make a project in English and Polish, with an open survey."""
    owner = find_or_add_person(email="owner@cwm.example", language="pl")
    project = create_project(
        slug="cwm", place="Cwm", languages=["en", "pl"], scope={"en": "Parks."}, by=owner
    )
    online = plan_engagement(
        project=project, title="Online", method="online", date=timezone.localdate(), by=owner
    )
    title = {"en": "Tell us", "pl": "Powiedz nam"}
    open_survey(project=project, engagement=online, slug="us", title=title, by=owner)
    return project


def visit(project: Project) -> dict[str, object]:
    """Read public pages and forms, answer the survey, and change the settings, all in Polish."""
    client = Client(HTTP_HOST="localhost")
    pages = {
        path: client.get(f"/pl{path}")
        for path in ("/", "/cwm/", "/cwm/privacy/", "/cwm/what-we-heard/", "/cwm/tell-us/us/")
    }
    client.post("/pl/cwm/tell-us/us/", {"asset": WORDS, "client_id": str(uuid4())})
    comment = Comment.objects.of(project).select_related("submission").get()
    client.force_login(
        find_or_add_person(email="owner@cwm.example"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    team = {
        path: client.get(f"/pl{path}")
        for path in ("/cwm/team/", "/cwm/settings/", "/cwm/settings/people/", "/accounts/me/")
    }
    saved = client.post(
        "/pl/cwm/settings/",
        {
            "place": "Cwm",
            "languages": ["en", "pl"],
            "name_en": "Cwm together",
            "name_pl": "Cwm razem",
            "scope_en": "Parks.",
            "scope_pl": "Parki.",
        },
    )
    read = client.get("/pl/cwm/").content.decode()
    settings = team["/cwm/settings/"].content.decode()
    every = {**pages, **team}
    return {
        "opened": sorted(path for path, page in every.items() if page.status_code == 200),
        "in Polish": sorted(path for path, page in every.items() if b'lang="pl"' in page.content),
        "boxes": [name for name in ("name_en", "name_cy", "name_pl") if f'"{name}"' in settings],
        "named": "Polski" in settings,
        "saved": saved.status_code,
        "read": ["Cwm razem" in read, "Parki." in read, "Tell us" in read],
        "comment": [comment.text, comment.submission.language],
        "switch": [name for name in ("English", "Cymraeg", "Polski") if f">{name}</a>" in read],
    }


json.dump(visit(make()), sys.stdout)
