"""The way back from the pages of theming, and headings that name a theme or code."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coproduction.languages.templatetags.languages import in_language
from coproduction.projects.models import Project
from coproduction.projects.pages import url_for
from themes.models import Theme


def theme_crumbs(project: Project, theme: Theme | None = None) -> list[dict[str, str]]:
    """Return the way back to the tree, by a theme or code where one is given."""
    crumbs = [{"label": _("Themes and codes"), "url": url_for(project, "themes:theme_tree")}]
    above = [theme.parent, theme] if theme else []
    return crumbs + [
        {
            "label": in_language(each.name),
            "url": url_for(project, "themes:theme", uuid=each.uuid),
        }
        for each in above
        if each
    ]


def heading_about(sentence: str, theme: Theme) -> SafeString:
    """Return a heading such as "Move “%(name)s”" with a name that says its language."""
    return format_html(sentence.replace("%(name)s", "{}"), in_language(theme.name))
