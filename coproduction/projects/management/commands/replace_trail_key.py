"""Sign the trail with a new key from now on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coproduction.projects.trail.appending import replace_key_and_sign_ends


class Command(BaseCommand):
    """``replace_trail_key``: the public half of the old key stays on file and published.

    The end of each chain is signed anew, so that who has the old key can put none in its place.
    """

    help = "Make a new key for signing the trail: when the old one is lost, or may be known."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to sign also what is not as it was left."""
        parser.add_argument(
            "--as-they-stand",
            action="store_true",
            help="sign also ends that are not as they were left: after a backup was put back",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, name its public half, and each chain whose end was not signed."""
        replaced = replace_key_and_sign_ends(as_they_stand=options["as_they_stand"])
        self.stdout.write(f"Made a key. Its public half: {replaced.key.key}")
        for chain in replaced.left:
            self.stderr.write(
                f"{chain}: the end of its trail is not as it was left, and is not signed. Look at "
                "it with verify_audit; --as-they-stand signs it all the same."
            )
