"""manage.py restore: put a backup back into an empty installation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from coproduction.backup.refusing import told_plainly
from coproduction.backup.restoring import Restored, restore_backup
from coproduction.projects.models import Letter
from coproduction.projects.services.sending import hold_letters_of_backup


class Command(BaseCommand):
    """``restore FILE``: all of it or nothing, then brought up to date."""

    help = "Put a backup back into an empty installation, while the app is stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and what opens it where that is a key."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, help="the file of the private key")

    def handle(self, *args: Any, **options: Any) -> None:
        """Put it back and say what there is now, or why it can't be."""
        with told_plainly():
            restored = restore_backup(
                options["file"].absolute(), options["identity"], settle=hold_letters_of_backup
            )
        self._tell(restored)
        if held := Letter.objects.filter(state=Letter.State.UNCERTAIN).undelivered().count():
            self.stdout.write(
                f"Letters that may have gone since: {held}. None of them goes by itself: a "
                "co-ordinator sends or leaves each, in the project's settings."
            )

    def _tell(self, restored: Restored) -> None:
        """Say what there is now."""
        if not Path(settings.TRAIL_KEYS, "signing-key").exists():
            self.stderr.write(
                "The keys of the trail are not here: put them back before the app starts, or it "
                "makes new ones. docs/backup.md says how."
            )
        if restored.backup is None:
            self.stdout.write(
                f"The backup of {restored.made} was in place already: its restore is finished now."
            )
            return
        self.stdout.write(
            f"Restored {restored.backup.records} records and {restored.backup.files} files, as "
            f"they were on {restored.made}. What was taken back since is there again: "
            "docs/backup.md says what to look at before anybody else does."
        )
