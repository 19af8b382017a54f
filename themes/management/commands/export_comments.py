"""Write the comments of a project into a file for spreadsheets, from the command line."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from coproduction.projects.models import Project
from coproduction.projects.refusals import Refusal
from themes.queries.coded_selection import CodedSelection
from themes.queries.comment_table import (
    FILES,
    CommentTable,
    comments_to_take_out,
    keys_in_order,
)
from themes.services.taking_out import note_comments_taken_out


class Command(BaseCommand):
    """``export_comments SLUG --out FILE``: a .csv or an .xlsx, in the project's first language."""

    help = "Write every comment that nothing withholds into a file: .csv or .xlsx."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project's address, and where to write."""
        parser.add_argument("slug")
        parser.add_argument("--out", required=True, type=Path, help="a file that is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it whole, or leave nothing; say how many rows it has."""
        project, out = Project.objects.filter(slug=options["slug"]).first(), options["out"]
        if project is None:
            raise CommandError(f"There is no project “{options['slug']}”.")
        kind = out.suffix.lower().removeprefix(".")
        if kind not in FILES:
            raise CommandError(f"--out takes a file that ends in .{' or .'.join(FILES)}.")
        if out.exists():
            raise CommandError(f"{out} is there already: nothing was written.")
        keys = keys_in_order(comments_to_take_out(project, CodedSelection()))
        aside = out.with_name(f"{out.name}.{os.getpid()}")
        try:
            # Before there is anything to take: whoever reads the history is to know of it.
            with aside.open("wb") as file:
                note_comments_taken_out(
                    project=project, rows=len(keys), file=kind, chosen={}, by=None
                )
                with override(project.languages[0]):
                    file.writelines(FILES[kind](CommentTable(project, keys)))
            aside.replace(out)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as trouble:
            raise CommandError(f"{out} can't be written: {trouble.strerror}.") from trouble
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
        self.stdout.write(f"Wrote {len(keys)} comments of {project.slug} to {out}.")
