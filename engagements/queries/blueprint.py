"""What the forms of another project can begin with, of how one listened: ways to, and surveys."""

from coproduction.languages.models import Translated
from coproduction.projects.models import Project, TextTemplate
from engagements.models import Engagement, Method, Survey


def method_templates(origin: Project) -> list[TextTemplate]:
    """Return a template for each way in which people were heard: its level and its purpose.

    Those of the last time it was used and not called off; never a title, a place or a day, which
    are of that one occasion. One query.
    """
    held = Engagement.objects.of(origin).exclude(status=Engagement.Status.CANCELLED)
    last: dict[str, Engagement] = {}
    for each in held.order_by("-date", "-pk"):
        last.setdefault(each.method, each)
    return [
        TextTemplate(
            kind=Engagement._meta.label,
            name=Translated.of_catalogue(method.label, origin.languages),
            boxes={
                "method": method.value,
                "level": last[method].level,
                "purpose": last[method].purpose,
            },
        )
        for method in Method
        if method in last
    ]


def survey_templates(origin: Project) -> list[TextTemplate]:
    """Return a template for each survey that was not called off: its texts and address. One query.

    When it was open, and for which engagement, is of that one survey.
    """
    surveys = Survey.objects.of(origin).exclude(engagement__status=Engagement.Status.CANCELLED)
    return [
        TextTemplate(
            kind=Survey._meta.label,
            name=survey.title,
            boxes={
                "title": survey.title.entries,
                "introduction": survey.introduction.entries,
                "slug": survey.slug,
            },
        )
        for survey in surveys.order_by("opens_at", "pk")
    ]
