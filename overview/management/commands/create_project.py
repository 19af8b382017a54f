"""Make a project and its first co-ordinator, anew or from another project."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from coproduction.languages.typed_text import clean_address, clean_typed
from coproduction.projects.models import Project
from coproduction.projects.refusals import Refusal
from coproduction.projects.services.membership import stand_in_for_others
from coproduction.projects.services.person import find_or_add_person
from coproduction.projects.services.project import create_project
from overview.blueprint.groups import BlueprintGroup
from overview.services.project import begin_project


class Command(BaseCommand):
    """``create_project SLUG --place NAME --owner EMAIL [--from SLUG [--take GROUP …]]``."""

    help = "Make a project and its first co-ordinator, who signs in by e-mailed code."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project's address, its place and its owner."""
        parser.add_argument("slug", help="the project's address, such as bryncoed")
        parser.add_argument("--place", required=True, help="the place's name")
        parser.add_argument("--owner", required=True, help="the first co-ordinator's e-mail")
        parser.add_argument(
            "--from",
            dest="origin",
            default="",
            help="the address of a project that the owner co-ordinates, to begin from",
        )
        parser.add_argument(
            "--take",
            nargs="+",
            choices=BlueprintGroup.values,
            default=BlueprintGroup.values,
            help="what comes along from there; all of it at first",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, or say what is wrong."""
        try:
            validate_email(clean_address(options["owner"]))
            with transaction.atomic():
                owner = find_or_add_person(email=options["owner"])
                about = {"slug": options["slug"], "by": owner}
                about["place"] = clean_typed(options["place"]).strip()
                origin = _origin(options["origin"])
                if origin:
                    project = begin_project(origin=origin, takes=options["take"], **about)
                else:
                    project = create_project(**about)
                    stand_in_for_others(project=project, user=owner)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Made {project.slug}. {owner.email} can now sign in at "
            f"{settings.SITE_URL}/accounts/login/ and go on at "
            f"{settings.SITE_URL}/{project.slug}/team/."
        )
        self.stdout.write("She may do everything, each part until somebody else is given it.")
        if options["origin"]:
            self.stdout.write(
                f"It begins with what {options['origin']} has: read it at "
                f"{settings.SITE_URL}/{project.slug}/settings/begun-from/."
            )


def _origin(slug: str) -> Project | None:
    """Return the project to begin from; None where none is named. Raises CommandError."""
    if not slug:
        return None
    origin = Project.objects.filter(slug=slug).first()
    if origin is None:
        raise CommandError(f"There is no project {slug}.")
    return origin
