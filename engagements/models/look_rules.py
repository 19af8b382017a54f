"""What a project looks out for in what people say, and whom it tells them to turn to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated, TranslatedField
from coproduction.projects.models import Project, ProjectQuerySet, ProjectRecord

# One a line. Translators: not word for word, but what somebody would say in your language.
WORRY_WORDS = _(
    "hits me\n"
    "hit me\n"
    "hitting me\n"
    "beats me\n"
    "hurts me\n"
    "hurting me\n"
    "hurt myself\n"
    "harm myself\n"
    "self-harm\n"
    "kill myself\n"
    "kill me\n"
    "end my life\n"
    "want to die\n"
    "suicide\n"
    "suicidal\n"
    "touches me\n"
    "touched me\n"
    "raped\n"
    "abuses me\n"
    "being abused\n"
    "not safe at home\n"
    "scared to go home\n"
    "domestic violence"
)
TURN_TO = _(
    "Do you want to talk to somebody? Ring Samaritans on 116 123. It is free, day and night."
)


class LookRules(ProjectRecord):
    """Words that may mean that somebody is at risk, and what a survey says of where there is help.

    Until a project has said its own, those that are given count: ``LookRules.of``.
    """

    # One a line, in each language: all are looked out for, whatever language was said.
    worry_words = TranslatedField(blank=True)
    turn_to = TranslatedField(blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project"], name="look_rules_once")]

    @classmethod
    def given(cls, project: Project) -> "LookRules":
        """Return what counts until a project says otherwise, in its languages; not saved."""
        return cls(
            project=project,
            worry_words=Translated.of_catalogue(WORRY_WORDS, project.languages),
            turn_to=Translated.of_catalogue(TURN_TO, project.languages),
        )

    @classmethod
    def of(cls, project: Project) -> "LookRules":
        """Return what counts in a project: its own, or what is given. One query."""
        found: LookRules | None = cls.objects.of(project).first()
        return found or cls.given(project)
