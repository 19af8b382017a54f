"""What no change here may reach across: the edges of a project, and of a workshop."""

from django.utils.translation import gettext_lazy as _

from coproduction.projects.models import Project, ProjectRecord
from coproduction.projects.refusals import Refusal
from themes.models import Theme
from workshops.models import Table, Workshop


class OtherProject(Refusal):
    """A record of another project was named."""

    sentence = _("One of your choices is not in this project. Load the page again and choose.")


class NotACurrentTheme(Refusal):
    """A code, or a theme merged into another, where a current theme is asked for."""

    sentence = _("Choose one of the project's themes.")


class OtherTable(Refusal):
    """A table of another workshop was named."""

    sentence = _("That table is not at this workshop. Load the page again and choose.")


def require_within(project: Project, *records: ProjectRecord | None) -> None:
    """Raise OtherProject unless every record given is this project's."""
    if any(record is not None and record.project_id != project.pk for record in records):
        raise OtherProject


def require_theme(project: Project, theme: Theme) -> None:
    """Raise OtherProject or NotACurrentTheme unless this is one of the project's current themes."""
    require_within(project, theme)
    if theme.kind != Theme.Kind.THEME or theme.merged_into_id is not None:
        raise NotACurrentTheme


def require_table(workshop: Workshop, *tables: Table | None) -> None:
    """Raise OtherTable unless every table given is at this workshop."""
    if any(table is not None and table.workshop_id != workshop.pk for table in tables):
        raise OtherTable
