"""What the co-ordinator does, and a resident: settings, people, listening, and being heard."""

from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page

from coproduction.projects.models import Project, User
from engagements.imports.columns import Columns
from engagements.models import Comment, Engagement, ImportBatch, Question, Survey
from engagements.services.engagement import log_engagement, plan_engagement
from engagements.services.import_batch import map_import, start_import
from engagements.services.question import set_questions
from engagements.services.survey import answer_survey, open_survey
from engagements.services.withholding import withdraw_comment
from tests.browser import looking
from tests.browser.story import told
from tests.browser.story.deciding import Convener
from tests.browser.story.person import SLUG, Person, email_of
from tests.processes import until

Both = tuple[str, str]
KINDS = {
    "What we have": "asset",
    "What we need": "need",
    "What should change": "change",
}


class Coordinator(Convener):
    """Carys, who co-ordinates the listening and manages the project."""

    def write_settings(self, scope: Both) -> None:
        """Say in both languages what the project can and can't change."""
        self.open("settings/")
        self.write_both("Name of the project", "Cwm Teg together", "Cwm Teg gyda'n gilydd")
        self.write_both("What this can and can't change", *scope)
        self.write("Address for questions from the public", email_of("Hello"))
        self.write("Safeguarding lead's e-mail address", email_of("Lead"))
        self.press("Save")
        self.reads("Saved.")

    def invite(self, name: str, role: str) -> None:
        """Invite somebody, who gets a letter."""
        self.open("settings/people/")
        self.write("E-mail address", email_of(name))
        self.write("Name", name)
        self.tick(role)
        self.press("Send the invitation")
        self.reads("We are sending them an e-mail.")

    # Through the services, until the pages of listening are there.

    @property
    def project(self) -> Project:
        """The project."""
        return Project.objects.get(slug=SLUG)

    @property
    def user(self) -> User:
        """Herself."""
        return User.objects.get(email=self.email)

    def write_questions(self, questions: dict[str, Both]) -> None:
        """Word the three questions in both languages."""
        wordings = {KINDS[kind]: {"en": en, "cy": cy} for kind, (en, cy) in questions.items()}
        set_questions(project=self.project, wordings=wordings, by=self.user)

    def hear(self, title: str, people: int) -> None:
        """Plan an occasion of listening, and log that it was held."""
        today = timezone.localdate()
        planned = plan_engagement(
            project=self.project, title=title, method="event", date=today, by=self.user
        )
        log_engagement(engagement=planned, people_heard=people, date=today, by=self.user)

    def import_comments(self, file: Path, imported: int, skipped: int) -> None:
        """Bring a file in as answers to what we need; the worker reads its rows."""
        engagement = Engagement.objects.get(project=self.project)
        with file.open("rb") as opened:
            batch = start_import(engagement=engagement, file=opened, name=file.name, by=self.user)
        map_import(
            batch=batch,
            columns=Columns(texts=(("comment-body", ""),)),
            question=Question.objects.get(project=self.project, kind="need"),
            by=self.user,
        )
        done = ImportBatch.objects.filter(pk=batch.pk, finished_at__isnull=False)
        until(done.exists, seconds=60, what="the rows to be in")
        batch.refresh_from_db()
        assert (batch.imported, batch.skipped, batch.refused) == (imported, skipped, 0)

    def open_survey(self, title: Both) -> None:
        """Open a public survey."""
        open_survey(
            project=self.project,
            engagement=Engagement.objects.get(project=self.project),
            slug="tell-us",
            title={"en": title[0], "cy": title[1]},
            by=self.user,
        )

    def withdraw_comment(self, words: str) -> None:
        """Take a comment back for the person who said it."""
        comment = Comment.objects.get(project=self.project, text=words)
        withdraw_comment(comment=comment, by=self.user)


class Resident(Person):
    """Nia, at a phone without JavaScript, who speaks Welsh."""

    receipt = ""

    def __init__(self, name: str, page: Page, beside: Page) -> None:
        """Sit down at a phone; axe, itself a script, looks at the same pages beside."""
        super().__init__(name, page)
        self.beside = beside

    def find_barriers(self) -> None:
        """Have axe look at this address in a browser with scripts."""
        self.beside.goto(self.page.url)
        looking.axe(self.beside)

    def answer_survey(self) -> None:
        """Answer in Welsh, agreeing to be quoted, and keep the receipt."""
        self.receipt = answer_survey(
            survey=Survey.objects.get(slug="tell-us"),
            answers={"asset": told.HAVE, "change": told.CHANGE},
            language="cy",
            quote_consent=True,
            descriptor=told.RESIDENT,
        ).receipt

    def follow_receipt(self) -> None:
        """Type the code of a receipt, and read what became of one's words."""
        self.open("follow/")
        self.write("Your code", self.receipt.lower().replace("-", " "))
        self.press("Show my comment")
        self.heading("What became of what you said")
