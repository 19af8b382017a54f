"""Why an archive is not taken in: a plain sentence for each."""

from django.utils.translation import gettext_lazy as _

from coproduction.projects.refusals import Refusal


class ArchiveRefused(Refusal):
    """An archive can't be taken in, and nothing of it was."""


class NoArchive(ArchiveRefused):
    """The file is something else, or was cut short."""

    sentence = _("This is not the archive of a project, or it was cut short.")


class ArchiveTooBig(ArchiveRefused):
    """It unpacks to more than an archive may hold."""

    sentence = _("This archive holds more than an archive may. It was not taken in.")


class ArchiveTooNew(ArchiveRefused):
    """It was made by a newer version."""

    sentence = _("This archive was made by a newer version. Bring this installation up to date.")


class ArchiveDamaged(ArchiveRefused):
    """Something in it is not what it says it is; ``where`` names it, without words of anybody."""

    sentence = _("This archive was damaged or changed: %(where)s. It was not taken in.")

    def __init__(self, where: str) -> None:
        """Say where."""
        super().__init__()
        self.where = where

    def __str__(self) -> str:
        """Return the sentence with the place."""
        return str(self.sentence) % {"where": self.where}


class ProjectIsHere(ArchiveRefused):
    """The project was taken in before, or began here."""

    sentence = _("This project is here already. Give another address with --slug to have a copy.")


class NotAnArchiveAddress(ArchiveRefused):
    """The address is taken or none."""

    sentence = _("That address is taken, or is none. Choose another with --slug.")
