"""Publishing: the one change that makes a frozen, numbered edition for everyone to read."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import SentForm
from plan.edition.format import write
from plan.edition.snapshot import Snapshot
from plan.models import CitedComment, Edition
from plan.queries.edition import snapshot_of_edition
from plan.queries.freezing import cited_comments
from plan.queries.gate import gate_of
from plan.services.rendering import request_missing


class SomethingInTheWay(Refusal):
    """The gate is shut: ``gate_of`` says what has to be mended."""

    sentence = _("The plan can't be published yet. Mend what is listed, then publish.")


class TitleMissing(Refusal):
    """The plan's name is public text too."""

    sentence = _("Give the plan a title in every language.")


class NotYetThatDay(Refusal):
    """An edition is dated by the day it is published."""

    sentence = _("The date is in the future. Publish with today's date, or wait until then.")


class BeforeTheLastEdition(Refusal):
    """Editions follow one another."""

    sentence = _("The last edition has a later date. Choose that day or one after it.")


class ChangedSinceRead(Refusal):
    """What would be published is not what the editor read."""

    sentence = _(
        "Something in the plan has changed since you opened this page, so nothing was published. "
        "Read the draft again, then publish."
    )


class NothingNew(Refusal):
    """The last edition says exactly this."""

    sentence = _("The last edition says all this already, so nothing was published.")


def publish(
    *,
    project: Project,
    title: Mapping[str, str],
    by: User,
    published_on: date | None = None,
    read: str = "",
    sending: SentForm | None = None,
) -> Edition:
    """Freeze the plan as an edition with the next number, and ask for its files.

    The gate is looked at again with the audit chain locked, so that nothing can come in the way
    between looking and publishing; two people at once make one edition after the other, and the
    second is refused when it would say the same. ``read`` is the ``promises_fingerprint`` that the
    editor saw. ``published_on`` is for records of the past. Raises TitleMissing, NotYetThatDay,
    BeforeTheLastEdition, SomethingInTheWay, ChangedSinceRead, NothingNew and MadeAlready.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Edition)) is not None:
            return made
        name, day = _check_name(project, title), published_on or timezone.localdate()
        if day > timezone.localdate():
            raise NotYetThatDay
        # What the gate has looked at is what is frozen.
        snapshot = _through_the_gate(project, read)
        _check_follows((last := Edition.objects.latest_of(project)), day, name, snapshot)
        edition = Edition(
            project=project,
            number=last.number + 1 if last else 1,
            title=name,
            published_on=day,
            snapshot=write(snapshot),
            by=by,
        )
        edition.full_clean()
        edition.save()
        _keep_cited(edition, snapshot)
        request_missing(ledger=ledger, edition=edition)
        ledger.record(
            "plan.edition_published",
            subject=edition,
            now={
                "number": edition.number,
                "published_on": day,
                "actions": snapshot.figures.actions,
                "quotes": len(snapshot.quotes_named),
            },
            sending=sending,
        )
    return edition


def _check_name(project: Project, title: Mapping[str, str]) -> Translated:
    """Return what an edition is called, in every language."""
    name = Translated().changed({lang: text.strip() for lang, text in title.items()})
    if name.missing(project.languages):
        raise TitleMissing
    return name


def _keep_cited(edition: Edition, snapshot: Snapshot) -> None:
    """Note which comments the edition's actions rest on."""
    CitedComment.objects.bulk_create(
        CitedComment(edition=edition, number=number, comment_id=comment)
        for number, comment in cited_comments(edition.project, snapshot)
    )


def _through_the_gate(project: Project, read: str) -> Snapshot:
    """Return what is published, when nothing stands in its way and it is what was read."""
    gate = gate_of(project)
    if not gate.is_open:
        raise SomethingInTheWay
    if read and read != gate.promises_fingerprint:
        raise ChangedSinceRead
    return gate.snapshot


def _check_follows(last: Edition | None, day: date, title: Translated, snapshot: Snapshot) -> None:
    """Refuse an edition dated before the last, or the same as it."""
    if last is None:
        return
    if day < last.published_on:
        raise BeforeTheLastEdition
    if snapshot_of_edition(last) == snapshot and last.title == title:
        raise NothingNew
