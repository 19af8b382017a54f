"""What stands around every public page of a project: its name, the ways around, the small print."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coproduction.projects.models import Project


def frame(project: Project, *, here: str) -> dict[str, Any]:
    """Give a public page's header and footer; ``here`` is the name of its place in the ways around."""
    slug = {"project": project.slug}
    places = {
        "plan": (_("The plan"), reverse("plan:plan", kwargs=slug)),
        "follow": (_("My comment"), reverse("plan:follow", kwargs=slug)),
    }
    return {
        "project": project,
        "place": project.name,
        "home_url": reverse("plan:plan", kwargs=slug),
        "page_languages": project.languages,
        "nav": [
            {"label": label, "url": url, "current": name == here}
            for name, (label, url) in places.items()
        ],
        "invented": (
            _("%(place)s is an invented place. Every voice on this page was written for this sample.")
            % {"place": project.place}
            if project.is_invented
            else ""
        ),
        "footer_text": _("Made with the people of %(place)s.") % {"place": project.place},
        "footer_links": [
            {
                "label": _("All figures and their sources"),
                "url": reverse("plan:figures", kwargs=slug),
            },
            {"label": _("Open data (JSON)"), "url": reverse("plan:plan_json", kwargs=slug)},
            {"label": _("Open data (CSV)"), "url": reverse("plan:actions_csv", kwargs=slug)},
        ],
    }
