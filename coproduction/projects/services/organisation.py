"""Adding organisations and putting them right."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.languages.models import Translated, is_name_taken
from coproduction.projects.audit import recorded
from coproduction.projects.models import Organisation, Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen, SentForm


class OrganisationThere(Refusal):
    """The list has one of that name, however it is written."""

    sentence = _("That organisation is on the list already.")


def add_organisation(
    *,
    project: Project,
    name: Mapping[str, str],
    sector: str,
    by: User,
    sending: SentForm | None = None,
) -> Organisation:
    """Add an organisation that can lead or support actions; by one ``sending`` of a form, once.

    Raises MadeAlready, OrganisationThere and ValidationError.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Organisation)) is not None:
            return made
        organisation = Organisation(project=project, name=Translated().changed(name), sector=sector)
        _check_name(organisation)
        organisation.full_clean()
        organisation.save()
        ledger.record(
            "projects.organisation_added",
            subject=organisation,
            now=_facts(organisation),
            sending=sending,
        )
    return organisation


def change_organisation(
    *,
    organisation: Organisation,
    name: Mapping[str, str],
    sector: str,
    by: User,
    seen: Seen | None = None,
) -> Organisation:
    """Put right an organisation's name or sector.

    Raises ChangedMeanwhile, OrganisationThere and ValidationError.
    """
    with recorded(project=organisation.project, by=by) as ledger:
        was = _facts(ledger.refresh(organisation))
        ledger.change(organisation, seen=seen, name=name, sector=sector)
        _check_name(organisation)
        organisation.full_clean()
        organisation.save()
        ledger.record(
            "projects.organisation_changed",
            subject=organisation,
            was=was,
            now=_facts(organisation),
        )
    return organisation


def _facts(organisation: Organisation) -> dict[str, object]:
    """What the audit trail keeps of an organisation: of its name only what tells two apart."""
    name = organisation.name
    names = {language: fingerprint(name.text(language), length=16) for language in name.entries}
    return {"sector": organisation.sector, "name": names}


def _check_name(organisation: Organisation) -> None:
    """Refuse a name that another on the list has, in any language."""
    others = Organisation.objects.of(organisation.project).exclude(pk=organisation.pk)
    if is_name_taken(organisation.name, (other.name for other in others)):
        raise OrganisationThere
