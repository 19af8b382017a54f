"""Loading how Bryncoed's comments were themed: themes, codes, findings and quotes."""

from engagements.models import Comment
from sample.services.listening import Sample
from sample.story.reading import chapter
from themes.models import Finding, Theme
from themes.services.codebook import add_code, add_theme
from themes.services.coding import code_comments
from themes.services.finding import write_finding
from themes.services.quote import choose_quote


def make_themes(sample: Sample) -> dict[str, Theme]:
    """Make the six themes and fifteen codes, and code the comments. Returns the themes by slug."""
    project, analyst = sample.project, sample.people["analyst"]
    themes: dict[str, Theme] = {}
    codes: dict[str, Theme] = {}
    for about in chapter("themes")["themes"]:
        theme = themes[about["slug"]] = add_theme(
            project=project,
            name=about["name"],
            definition=about["definition"],
            colour=about["colour"],
            by=analyst,
        )
        for code in about["codes"]:
            codes[code["slug"]] = add_code(
                project=project,
                parent=theme,
                name=code["name"],
                definition=code["definition"],
                by=analyst,
            )
    code_comments(
        project=project,
        pairs=[
            (comment, codes[slug]) for comment, saying in sample.comments for slug in saying.codes
        ],
        by=analyst,
    )
    return themes


def write_findings(sample: Sample, themes: dict[str, Theme]) -> dict[str, Finding]:
    """Write what was heard on each theme. Returns the findings by the theme's slug."""
    return {
        about["slug"]: write_finding(
            theme=themes[about["slug"]], text=about["finding"], by=sample.people["analyst"]
        )
        for about in chapter("themes")["themes"]
    }


def choose_quotes(sample: Sample, themes: dict[str, Theme]) -> None:
    """Choose each theme's quotes, which the story names by how they begin."""
    publishable = Comment.objects.of(sample.project).publishable().select_related("submission")
    for slug, beginnings in chapter("quotes").items():
        for beginning in beginnings:
            comment = publishable.filter(text__startswith=beginning).get()
            choose_quote(
                comment=comment,
                theme=themes[slug],
                extract=comment.text,
                descriptor=comment.submission.descriptor,
                translation={
                    language: comment.translation.text(language)
                    for language in comment.translation.entries
                },
                by=sample.people["analyst"],
            )
