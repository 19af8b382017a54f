"""What another project's group can begin with: the agenda of a meeting."""

from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.projects.models import Project, TextTemplate
from steering.models import Meeting


def agenda_templates(origin: Project) -> list[TextTemplate]:
    """Return a template with the agenda of the last meeting that has one. One query.

    The last is how the group works now; minutes and who came are never read for it.
    """
    agendas = Meeting.objects.of(origin).standing().exclude(agenda=[])
    last = agendas.order_by("-date", "-pk").values_list("agenda", flat=True).first()
    if not last:
        return []
    return [
        TextTemplate(
            kind=Meeting._meta.label,
            name=Translated.of_catalogue(_("Agenda"), origin.languages),
            boxes={"agenda": "\n".join(last)},
        )
    ]
