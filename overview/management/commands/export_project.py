"""Write everything of a project into one file, to be taken in elsewhere: see docs/archive.md."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coproduction.projects.models import Project
from overview.queries.archive import write_archive


class Command(BaseCommand):
    """``export_project SLUG --out FILE.zip``: says how much it wrote, and what was gone."""

    help = "Write a whole project into one file, which import_project takes in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project's address, and where to write."""
        parser.add_argument("slug")
        parser.add_argument("--out", required=True, type=Path, help="a file that is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it whole, or leave nothing."""
        project, out = Project.objects.filter(slug=options["slug"]).first(), options["out"]
        if project is None:
            raise CommandError(f"There is no project called {options['slug']}.")
        if out.exists():
            raise CommandError(f"{out} is there already: nothing was written.")
        aside = out.with_name(f"{out.name}.{os.getpid()}")
        try:
            manifest = write_archive(project, aside)
            aside.replace(out)
        except OSError as trouble:
            raise CommandError(f"{out} can't be written: {trouble.strerror}.") from trouble
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
        for name in manifest.missing:
            self.stderr.write(f"The file {name} is gone, and is not in it.")
        rows = sum(part.rows for part in manifest.tables)
        self.stdout.write(
            f"Wrote {rows} records and {len(manifest.files)} files of {project.slug} to {out}."
        )
