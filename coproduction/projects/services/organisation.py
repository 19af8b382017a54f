"""Adding organisations and putting them right."""

from collections.abc import Mapping

from coproduction.languages.models import Translated
from coproduction.projects.audit import recorded
from coproduction.projects.models import Organisation, Project, User


def add_organisation(
    *, project: Project, name: Mapping[str, str], sector: str, by: User
) -> Organisation:
    """Add an organisation that can lead or support actions. Raises ValidationError."""
    with recorded(project=project, by=by) as ledger:
        organisation = Organisation(project=project, name=Translated().changed(name), sector=sector)
        organisation.full_clean()
        organisation.save()
        ledger.record("projects.organisation_added", subject=organisation, now={"sector": sector})
    return organisation


def change_organisation(
    *, organisation: Organisation, name: Mapping[str, str], sector: str, by: User
) -> Organisation:
    """Put right an organisation's name or sector. Raises ValidationError."""
    with recorded(project=organisation.project, by=by) as ledger:
        was = {"sector": organisation.sector}
        organisation.name = organisation.name.changed(name)
        organisation.sector = sector
        organisation.full_clean()
        organisation.save()
        ledger.record(
            "projects.organisation_changed",
            subject=organisation,
            was=was,
            now={"sector": sector},
        )
    return organisation
