"""Load the invented project Bryncoed, with one sign-in for each role."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.services.project import ProjectAddressTaken
from engagements.models import Comment
from sample.services.load import load_sample
from sample.story.reading import chapter


class Command(BaseCommand):
    """``load_sample``: 47 engagements, 3,940 comments, 40 agreed actions and a published plan."""

    help = "Load the invented project Bryncoed at real scale."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take when to load, and whether only to say who is there."""
        parser.add_argument(
            "--if-empty", action="store_true", help="only where there is no project yet"
        )
        parser.add_argument(
            "--people", action="store_true", help="only say who can be signed in as"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say why not."""
        slug = chapter("project")["slug"]
        if not options["people"] and not (options["if_empty"] and Project.objects.exists()):
            began = time.monotonic()
            try:
                load_sample(lambda line: self.stdout.write(f"  {line}"))
            except ProjectAddressTaken as refusal:
                raise CommandError(f"{slug} is there already.") from refusal
            except Refusal as refusal:
                raise CommandError(f"{slug} could not be loaded: {refusal}") from refusal
            self.stdout.write(f"Loaded {slug} in {time.monotonic() - began:.0f} s.")
        self._say_who(slug)

    def _say_who(self, slug: str) -> None:
        """Say which people can be signed in as, and a receipt that leads somewhere."""
        for person in User.objects.filter(is_sample=True).order_by("pk"):
            roles = ", ".join(
                membership.get_role_display()
                for membership in person.memberships.filter(project__slug=slug)
            )
            self.stdout.write(f"  {person.email}  ({roles})")
        comment = Comment.objects.publishable().filter(project__slug=slug).order_by("pk").first()
        if comment is not None:
            self.stdout.write(f"  A resident's receipt: {comment.submission.receipt}")
