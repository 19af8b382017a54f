"""manage.py check_backup: read a backup to its end, and say what it has."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coproduction.backup.refusing import told_plainly
from coproduction.backup.restoring import check_backup


class Command(BaseCommand):
    """``check_backup FILE``: that it opens, is whole, and holds what it says it holds."""

    help = "Read a backup to its end, without putting it anywhere; say when it was made, of what."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and what opens it where that is a key."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, help="the file of the private key")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read it and say what is in it, or what is wrong with it."""
        with told_plainly():
            found = check_backup(options["file"].absolute(), options["identity"])
        self.stdout.write(
            f"Made {found.made}: {found.records} records and {found.files} files, {found.bytes} "
            "bytes. All of it can be read."
        )
