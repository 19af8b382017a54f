"""Make a project and its first co-ordinator: how a real installation begins."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from coproduction.languages.typed_text import clean_address, clean_typed
from coproduction.projects.refusals import Refusal
from coproduction.projects.services.person import find_or_add_person
from coproduction.projects.services.project import create_project


class Command(BaseCommand):
    """``create_project SLUG --place NAME --owner EMAIL``."""

    help = "Make a project and its first co-ordinator, who signs in by e-mailed code."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project's address, its place and its owner."""
        parser.add_argument("slug", help="the project's address, such as bryncoed")
        parser.add_argument("--place", required=True, help="the place's name")
        parser.add_argument("--owner", required=True, help="the first co-ordinator's e-mail")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, or say what is wrong."""
        try:
            validate_email(clean_address(options["owner"]))
            owner = find_or_add_person(email=options["owner"])
            project = create_project(
                slug=options["slug"], place=clean_typed(options["place"]).strip(), by=owner
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Made {project.slug}. {owner.email} can now sign in at "
            f"{settings.SITE_URL}/accounts/login/ and go on at "
            f"{settings.SITE_URL}/{project.slug}/team/."
        )
