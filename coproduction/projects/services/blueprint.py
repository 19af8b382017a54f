"""What a project was begun from: noting it, keeping its templates, reading and dropping them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from coproduction.projects.audit import recorded
from coproduction.projects.models import Blueprint, Project, TextTemplate, User


def note_begun_from(
    *, project: Project, origin: Project, groups: Sequence[str], by: User
) -> Blueprint:
    """Note from which other project this one was begun, and which groups of things came along.

    The name is kept as ``by`` saw it; the trail, which holds no words, has the other's uuid.
    """
    with recorded(project=project, by=by) as ledger:
        blueprint = Blueprint(
            project=project, origin=origin.uuid, origin_place=origin.place, groups=list(groups)
        )
        blueprint.full_clean()
        blueprint.save()
        ledger.record(
            "projects.project_begun_from_another",
            subject=blueprint,
            now={"origin": origin.uuid, "groups": list(groups)},
        )
    return blueprint


def keep_text_templates(
    *, project: Project, templates: Iterable[TextTemplate], by: User
) -> list[TextTemplate]:
    """Keep templates that belong to no project yet, in their order; in one statement."""
    kept = list(templates)
    with recorded(project=project, by=by) as ledger:
        for position, template in enumerate(kept):
            template.project, template.position = project, position
        TextTemplate.objects.bulk_create(kept)
        if kept:
            ledger.record(
                "projects.text_templates_kept",
                subject=project,
                now=dict(Counter(template.kind for template in kept)),
            )
    return kept


def note_texts_read(*, blueprint: Blueprint, by: User) -> Blueprint:
    """Note that somebody has read the texts that came along; once they are read, they stay so."""
    with recorded(project=blueprint.project, by=by) as ledger:
        if not ledger.refresh(blueprint).is_read:
            blueprint.read_at = ledger.at
            blueprint.save(update_fields=["read_at"])
            ledger.record("projects.texts_read", subject=blueprint)
    return blueprint


def remove_text_template(*, template: TextTemplate, by: User) -> None:
    """Drop a template that nobody wants to begin with; what was made from it stays.

    Raises Removed where somebody else did.
    """
    with recorded(project=template.project, by=by) as ledger:
        ledger.refresh(template)
        ledger.record(
            "projects.text_template_removed", subject=template, was={"kind": template.kind}
        )
        template.delete()
