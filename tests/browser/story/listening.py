"""What the co-ordinator does, and a resident: settings, people, listening, and being heard."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.story import told
from tests.browser.story.deciding import Convener
from tests.browser.story.person import SLUG, Person, email_of

Both = tuple[str, str]


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
        self.reads("Invited. We have sent them an e-mail.")

    # TEMPORARY
    def _p(self):
        from coproduction.projects.models import Project, User
        return Project.objects.get(slug=SLUG), User.objects.get(email=self.email)
    def write_questions(self, q):
        from engagements.services.question import set_questions
        p, u = self._p()
        k = dict(zip(q, ("asset","need","change")))
        set_questions(project=p, by=u, wordings={k[a]: {"en":b[0],"cy":b[1]} for a,b in q.items()})
    def hear(self, title, people):
        from engagements.services.engagement import plan_engagement
        from django.utils import timezone
        p, u = self._p()
        plan_engagement(project=p, title=title, method="event", date=timezone.localdate(), by=u, status="held", people_heard=people)
    def import_comments(self, file, imported, skipped):
        from engagements.services.importing import start_import, map_import
        from engagements.mapping import Columns
        from engagements.models import Engagement, Question
        from tests.processes import until
        p, u = self._p()
        with file.open("rb") as f:
            b = start_import(engagement=Engagement.objects.get(project=p), file=f, name="c.csv", by=u)
        map_import(batch=b, columns=Columns(texts=(("comment-body",""),)), by=u, question=Question.objects.get(project=p, kind="need"))
        def done():
            b.refresh_from_db(); return b.is_finished
        until(done)
        assert (b.imported, b.skipped, b.refused) == (imported, skipped, 0)
    def open_survey(self, title):
        from engagements.services.survey import open_survey
        from engagements.models import Engagement
        p, u = self._p()
        open_survey(project=p, engagement=Engagement.objects.get(project=p), slug="tell", title={"en":title[0],"cy":title[1]}, by=u)
    def withdraw(self, words):
        from engagements.services.withholding import withdraw
        from engagements.models import Comment
        p, u = self._p()
        withdraw(comment=Comment.objects.get(project=p, text=words), by=u)


class Resident(Person):
    """Nia, at a phone, in Welsh, without JavaScript."""

    receipt = ""

    def answer_survey(self) -> None:
        from engagements.services.survey import answer_survey
        from engagements.models import Survey
        self.receipt = answer_survey(survey=Survey.objects.get(), answers={"asset": told.HAVE, "change": told.CHANGE}, language="cy", quote_consent=True, descriptor=told.RESIDENT).receipt

    def follow_receipt(self) -> None:
        """Type the code of a receipt, and read what became of one's words."""
        self.open("follow/")
        self.write("Your code", self.receipt.lower().replace("-", " "))
        self.press("Show my comment")
        self.heading("What became of what you said")
