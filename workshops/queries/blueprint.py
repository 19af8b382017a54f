"""What the form of another project's workshop can begin with."""

from coproduction.projects.models import Project, TextTemplate
from workshops.models import Workshop


def workshop_templates(origin: Project) -> list[TextTemplate]:
    """Return a template for each workshop that was not called off: title and purpose. One query.

    Where, when, on which theme and with whom is of that one evening.
    """
    return [
        TextTemplate(
            kind=Workshop._meta.label,
            name=workshop.title,
            boxes={"title": workshop.title.entries, "purpose": workshop.purpose},
        )
        for workshop in Workshop.objects.of(origin).standing()
    ]
