"""From how many places words that were erased are gone, and when the database may stand still."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.database import size_of_tables
from coproduction.projects.models import AuditEntry
from engagements.models import ErasedComment

# Every place, in the order in which they are cleared, as pages call them.
PLACES = {
    "words": _("The comment, and the list that finds it by its words"),
    "earlier": _("What it said before names were taken out"),
    "waiting": _("Forms and letters that waited to be sent"),
    "editions": _("The editions of the plan"),
    "quotes": _("Quotes"),
    "rounds": _("What the steering group had before it"),
    "pages": _("Pages that were kept ready"),
    "renderings": _("Files of the plan, such as the PDF"),
    "files": _("Files that it came in with"),
    "archives": _("Files with everything of the project, made to be taken along"),
    "room": _("Free room in the database, which still held what stood there before"),
}
# The roof clears it, once what goes into such a file is clear.
ARCHIVES = "archives"
LAST_PLACE = "room"
# What is written anew in a second or two, nobody waits for: it is done at any hour.
_QUICK_BYTES = 200 * 1024 * 1024
# Otherwise once nobody has changed anything for so long, or the words have waited for so long.
_QUIET, _AT_LAST = timedelta(minutes=10), timedelta(days=7)


@dataclass(frozen=True)
class ErasurePlace:
    """One place, and whether the words are gone from it."""

    label: str
    is_clear: bool


@dataclass(frozen=True)
class ErasureProgress:
    """From which places the words of one comment are gone, in the order of clearing."""

    erasure: ErasedComment
    places: Sequence[ErasurePlace]

    @property
    def clear(self) -> int:
        """From how many places the words are gone."""
        return sum(place.is_clear for place in self.places)

    @property
    def is_done(self) -> bool:
        """Whether they are gone from all."""
        return self.erasure.finished_at is not None

    @property
    def backups_end(self) -> date:
        """The day by which the last backup that may hold them is thrown away."""
        since = timezone.localdate(self.erasure.finished_at or timezone.now())
        return since + timedelta(days=settings.BACKUPS_KEPT_DAYS)


def progress_of(erasure: ErasedComment) -> ErasureProgress:
    """Say from which places the words of an erased comment are gone."""
    # One that was finished before there was a place more is finished.
    gone = set(erasure.gone_from if erasure.finished_at is None else PLACES)
    return ErasureProgress(
        erasure, [ErasurePlace(str(label), name in gone) for name, label in PLACES.items()]
    )


def is_ready_for_archives(erasure: ErasedComment) -> bool:
    """Say whether nothing goes into a file with everything any more that has the words."""
    missing = PLACES.keys() - set(erasure.gone_from)
    return ARCHIVES in missing and missing <= {ARCHIVES, LAST_PLACE}


def is_ready_for_last(erasure: ErasedComment) -> bool:
    """Say whether the words are gone from every place but the last."""
    return PLACES.keys() - set(erasure.gone_from) == {LAST_PLACE}


def may_stand_still(erasures: Sequence[ErasedComment], tables: Sequence[type[Model]]) -> bool:
    """Say whether tables may be written anew now, while everybody who writes has to wait."""
    now = timezone.now()
    if size_of_tables(tables) <= _QUICK_BYTES or min(each.at for each in erasures) < now - _AT_LAST:
        return True
    last = AuditEntry.objects.order_by("-pk").first()
    return last is None or last.at < now - _QUIET
