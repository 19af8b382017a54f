"""Loads how Bryncoed's comments were sorted: themes, codes, quotes and findings."""

from engagements.models import Comment
from sample.files import story
from sample.listening import Sample
from themes.models import Finding, Theme
from themes.services.codebook import add_code, add_theme
from themes.services.coding import code_comments
from themes.services.finding import write_finding
from themes.services.quote import choose_quote


def sort_comments(sample: Sample) -> tuple[dict[str, Theme], dict[str, Theme]]:
    """Make the six themes and fifteen codes, and code what was said. Returns both by slug."""
    analyst = sample.people["analyst"]
    themes: dict[str, Theme] = {}
    codes: dict[str, Theme] = {}
    for told in story("themes")["themes"]:
        theme = add_theme(
            project=sample.project,
            name=told["name"],
            definition=told["definition"],
            colour=told["colour"],
            by=analyst,
        )
        themes[told["slug"]] = theme
        for code in told["codes"]:
            codes[code["slug"]] = add_code(
                project=sample.project,
                parent=theme,
                name=code["name"],
                definition=code["definition"],
                by=analyst,
            )
    code_comments(
        project=sample.project,
        pairs=[(comment, codes[slug]) for comment, said in sample.comments for slug in said.codes],
        by=analyst,
    )
    return themes, codes


def say_what_was_heard(sample: Sample, themes: dict[str, Theme]) -> dict[str, Finding]:
    """Write a finding for each theme and choose its quotes. Returns the findings by theme."""
    analyst = sample.people["analyst"]
    findings = {
        told["slug"]: write_finding(theme=themes[told["slug"]], text=told["finding"], by=analyst)
        for told in story("themes")["themes"]
    }
    for slug, beginnings in story("quotes").items():
        for beginning in beginnings:
            comment = (
                Comment.objects.of(sample.project)
                .publishable()
                .filter(text__startswith=beginning)
                .select_related("submission")
                .get()
            )
            choose_quote(
                comment=comment,
                theme=themes[slug],
                extract=comment.text,
                descriptor=comment.submission.descriptor,
                translation={
                    language: entry["text"] or ""
                    for language, entry in comment.translation.entries.items()
                },
                by=analyst,
            )
    return findings
