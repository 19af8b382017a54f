"""An analyst at the coding screen: five comments, a codebook, and what is seen there."""

from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from coproduction.projects.models import Project, User
from engagements.models import Comment
from tests.themes.conftest import Book
from themes.models import Coding

SAID = ("Mend the swings.", "Slow the cars.", "Empty the bins.", "More police.", "Light the path.")


@dataclass
class Desk:
    """A project with its codebook and five comments, and an analyst at work."""

    project: Project
    analyst: User
    book: Book
    comments: list[Comment]
    url: str

    def coded(self, number: int) -> set[str]:
        """Return the codes on one of the comments."""
        rows = Coding.objects.filter(comment=self.comments[number]).select_related("theme")
        return {str(row.theme) for row in rows}


def come_in(context: BrowserContext, user: User, url: str) -> None:
    """Let somebody in without the way in, which has a journey of its own."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def sees(page: Page, words: str) -> None:
    """Wait until a comment is the one shown."""
    expect(page.locator("#words-text")).to_have_text(words)


def counted(page: Page, words: str) -> None:
    """Wait until the bar says how far the coding has come."""
    expect(page.locator("#coded .progress__words b")).to_have_text(words)
