"""Writes the latest edition of a project's plan as a PDF, here and now."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coproduction.projects.models import Project
from plan.models import Edition
from plan.paper.document import NoPdfHere
from plan.paper.fit import DoesNotFit
from plan.paper.pdf import write_pdf
from plan.queries.edition import snapshot_of_edition
from plan.services.correction import record_corrections
from plan.services.rendering import html_of_edition


class Command(BaseCommand):
    """``render_plan SLUG --out FILE [--language cy]``."""

    help = "Write the latest edition of a project's plan as a PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the project's address, the file, and the language."""
        parser.add_argument("slug", help="the project's address")
        parser.add_argument("--out", required=True, help="the file to write")
        parser.add_argument(
            "--language", default="", help="such as cy; the project's first if none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw the edition with the quotes that may be shown now."""
        project = Project.objects.filter(slug=options["slug"]).first()
        if project is None:
            raise CommandError(f"There is no project at {options['slug']}.")
        edition = Edition.objects.latest_of(project)
        if edition is None:
            raise CommandError("Nothing is published yet: there is no edition to write.")
        language = options["language"] or project.languages[0]
        if language not in snapshot_of_edition(edition).languages:
            raise CommandError(f"This plan is not published in {language}.")
        edition.project = project
        out = Path(options["out"])
        if not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}.")
        record_corrections(project=project)
        try:
            document = write_pdf(html_of_edition(edition, language))
        except (NoPdfHere, DoesNotFit) as refusal:
            raise CommandError(str(refusal)) from refusal
        out.write_bytes(document.content)
        self.stdout.write(f"wrote {out}: {document.pages} pages, edition {edition.number}")
