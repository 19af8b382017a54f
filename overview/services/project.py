"""Making a project with its questions, or from another's: a change over several stages at once."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coproduction.projects.access import allowed, roles_of
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, Retention, TextTemplate, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import SentForm
from coproduction.projects.services.blueprint import keep_text_templates, note_begun_from
from coproduction.projects.services.membership import stand_in_for_others
from coproduction.projects.services.project import (
    ProjectAddressTaken,
    create_project,
    project_begun_by,
)
from coproduction.projects.services.retention import set_periods
from engagements.queries.blueprint import method_templates, survey_templates
from engagements.services.blueprint import take_hold_limits, take_questions
from engagements.services.question import ensure_questions, set_questions
from overview.blueprint.groups import BlueprintGroup
from plan.services.section import take_sections
from steering.queries.blueprint import agenda_templates
from steering.services.blueprint import take_terms
from themes.services.blueprint import take_codebook
from workshops.queries.blueprint import workshop_templates


class NotYoursToTake(Refusal):
    """A project is to be begun from one in which somebody may not, or may no longer, do that."""

    sentence = _(
        "You can’t begin from that project: only its co-ordinators can. "
        "Choose another one, or none."
    )


def begin_project(
    *,
    by: User,
    wordings: Mapping[str, Mapping[str, str]] | None = None,
    origin: Project | None = None,
    takes: Collection[str] = (),
    sending: SentForm | None = None,
    **about: Any,
) -> Project:
    """Make a project with the questions it will ask, or from another project; all or nothing.

    ``wordings`` is ``{question kind: {language: text}}``. ``origin`` is the other project, of which
    the groups in ``takes`` come along, by the values of BlueprintGroup. By one ``sending`` of a
    form, once. ``about`` and what else is raised are those of create_project. Raises
    NotYoursToTake and MadeAlready.
    """
    try:
        with transaction.atomic():
            if origin is None:
                return _begin_anew(by=by, wordings=wordings, sending=sending, **about)
            return _begin_from(origin=origin, takes=takes, by=by, sending=sending, **about)
    except ProjectAddressTaken:
        # By the same form, sent twice at the same moment?
        if (made := project_begun_by(sending=sending, by=by)) is not None:
            return made
        raise


def _begin_anew(
    *,
    by: User,
    wordings: Mapping[str, Mapping[str, str]] | None,
    sending: SentForm | None,
    **about: Any,
) -> Project:
    """Make a project that asks the usual questions, in the words given."""
    if (made := project_begun_by(sending=sending, by=by)) is not None:
        return made
    project = create_project(by=by, sending=sending, **about)
    stand_in_for_others(project=project, user=by)
    if wordings is None:
        ensure_questions(project=project, by=by)
    else:
        set_questions(project=project, wordings=wordings, by=by)
    return project


def _begin_from(
    *,
    origin: Project,
    takes: Collection[str],
    by: User,
    sending: SentForm | None,
    **about: Any,
) -> Project:
    """Make a project with some groups of another's things.

    The other one's trail is locked first: so all is of one moment, it says that it was done, and
    nobody takes the right away meanwhile.
    """
    groups = [group for group in BlueprintGroup if group in takes]
    with recorded(project=origin, by=by) as theirs:
        if not allowed(roles_of(by, origin), "blueprints.take"):
            raise NotYoursToTake
        if (made := project_begun_by(sending=sending, by=by)) is not None:
            return made
        theirs.refresh(origin)
        theirs.record(
            "projects.blueprint_taken", subject=origin, now={"groups": groups}, follow_up=False
        )
        project = create_project(by=by, sending=sending, **about)
        stand_in_for_others(project=project, user=by)
        with recorded(project=project, by=by):
            note_begun_from(project=project, origin=origin, groups=groups, by=by)
            for group in groups:
                for take in _TAKING.get(group, ()):
                    take(project=project, origin=origin, by=by)
            templates = [
                template
                for group in groups
                for templates_of in _TEMPLATES.get(group, ())
                for template in templates_of(origin)
            ]
            keep_text_templates(project=project, templates=templates, by=by)
            ensure_questions(project=project, by=by)
    return project


def _take_periods(*, project: Project, origin: Project, by: User) -> None:
    """Keep things as long as another project does, and show as small a number."""
    months: dict[str, Any] = Retention.objects.in_force(origin).months
    set_periods(project=project, small_number=origin.small_number, by=by, **months)


_TAKING: Mapping[BlueprintGroup, tuple[Callable[..., object], ...]] = {
    BlueprintGroup.QUESTIONS: (take_questions,),
    BlueprintGroup.LISTENING: (take_hold_limits,),
    BlueprintGroup.CODEBOOK: (take_codebook,),
    BlueprintGroup.STEERING: (take_terms,),
    BlueprintGroup.PLAN: (take_sections,),
    BlueprintGroup.PERIODS: (_take_periods,),
}
_TEMPLATES: Mapping[BlueprintGroup, tuple[Callable[[Project], list[TextTemplate]], ...]] = {
    BlueprintGroup.LISTENING: (method_templates,),
    BlueprintGroup.SURVEYS: (survey_templates,),
    BlueprintGroup.WORKSHOPS: (workshop_templates,),
    BlueprintGroup.STEERING: (agenda_templates,),
}
