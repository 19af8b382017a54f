"""Loading the texts of Bryncoed's plan, and its first edition."""

from plan.models import Edition, Section
from plan.services.edition import publish
from plan.services.section import write_section
from sample.services.listening import Sample
from sample.story.reading import chapter
from themes.models import Theme


def publish_plan(sample: Sample, themes: dict[str, Theme]) -> Edition:
    """Write the plan's texts in both languages, and publish its first edition."""
    project, editor, about = sample.project, sample.people["editor"], chapter("plan")
    for section in about["sections"]:
        write_section(project=project, **section, by=editor)
    for theme in chapter("themes")["themes"]:
        write_section(
            project=project,
            kind=Section.Kind.THEME,
            theme=themes[theme["slug"]],
            body=theme["why_it_matters"],
            by=editor,
        )
    return publish(project=project, **about["edition"], by=editor)
