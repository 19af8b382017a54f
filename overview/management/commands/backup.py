"""manage.py backup: the whole installation, as it is at one moment, in one encrypted file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coproduction.backup.making import make_backup
from coproduction.backup.refusing import told_plainly
from coproduction.backup.sealing import lock_of_environment


class Command(BaseCommand):
    """``backup --out FILE``: every record and stored file; the keys of the installation never."""

    help = (
        "Write every record and stored file into one encrypted file: with BACKUP_PASSPHRASE, "
        "BACKUP_PASSPHRASE_FILE or BACKUP_RECIPIENT. The keys are not in it: see docs/backup.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to write it."""
        parser.add_argument("--out", type=Path, required=True, help="a file that is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say what is in it, or why it can't be made."""
        with told_plainly():
            made = make_backup(options["out"].absolute(), lock_of_environment())
        self.stdout.write(
            f"Backed up {made.records} records and {made.files} files, {made.bytes} bytes. The "
            "keys of this installation are not in it: keep them elsewhere, as docs/backup.md says."
        )
