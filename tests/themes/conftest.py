"""A small codebook and some comments to sort."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse

from coproduction.projects.models import Project, User
from engagements.models import Comment
from tests.beginnings import beginning
from tests.themes.comments import make_comments
from themes.models import Quote, Theme
from themes.services import codebook


@dataclass
class Book:
    """Two themes with two codes each, and a code under none."""

    spaces: Theme
    parks: Theme
    litter: Theme
    safety: Theme
    traffic: Theme
    police: Theme
    loose: Theme


def make_book(project: Project, by: User) -> Book:
    """Make the small codebook."""

    def code(name: str, parent: Theme | None) -> Theme:
        return codebook.add_code(project=project, parent=parent, name={"en": name}, by=by)

    spaces = codebook.add_theme(
        project=project, name={"en": "Spaces", "cy": "Mannau"}, by=by, colour="leaf"
    )
    safety = codebook.add_theme(project=project, name={"en": "Safety"}, by=by, colour="plum")
    return Book(
        spaces=spaces,
        parks=code("Parks", spaces),
        litter=code("Litter", spaces),
        safety=safety,
        traffic=code("Traffic", safety),
        police=code("Police", safety),
        loose=code("Something else", None),
    )


@beginning
def book(project: Project, analyst: User) -> Book:
    """The small codebook of the first project."""
    return make_book(project, analyst)


@beginning
def comments(project: Project) -> list[Comment]:
    """Five comments nobody has coded."""
    return make_comments(
        project,
        "Fix the swings in the park.",
        "Cars go too fast past the school.",
        "Dog mess on the path.",
        "I never see a policeman.",
        "More bins, please.",
    )


@pytest.fixture
def at(project: Project) -> Callable[..., str]:
    """Give a page's address: ``at("theme", book.parks)``."""

    def address(name: str, thing: Theme | Quote | None = None) -> str:
        return reverse(f"themes:{name}", args=[project.slug, *([thing.uuid] if thing else [])])

    return address


@pytest.fixture
def desk(client_of, analyst):
    """The analyst's browser."""
    return client_of(analyst)
