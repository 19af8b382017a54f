"""Taking over the codebook of another project: its themes and codes, without what they are on."""

from uuid import uuid4

from coproduction.database import insert_rows
from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from themes.models import Theme


def take_codebook(*, project: Project, origin: Project, by: User) -> int:
    """Give a new project the current themes and codes of another; return how many.

    Names, definitions, colours, keys, order and tree; what was merged stays behind. The new project
    has none yet. Part of the caller's ``recorded`` of both projects. As many statements for a
    thousand codes as for three.
    """
    with recorded(project=project, by=by) as ledger:
        current = list(Theme.objects.of(origin).current().order_by("position", "pk"))
        themes = [each for each in current if each.is_theme]
        made = Theme.objects.bulk_create(
            Theme(
                project=project,
                kind=Theme.Kind.THEME,
                name=each.name,
                definition=each.definition,
                colour=each.colour,
                position=each.position,
            )
            for each in themes
        )
        parents = {old.pk: new.pk for old, new in zip(themes, made, strict=True)}
        codes = [each for each in current if not each.is_theme]
        names = ("uuid", "parent_id", "name", "definition", "position", "key")
        rows = (
            (
                *(uuid4(), parents.get(each.parent_id or 0), each.name, each.definition),
                *(each.position, each.key),
            )
            for each in codes
        )
        insert_rows(Theme, names, rows, project_id=project.pk, kind=Theme.Kind.CODE)
        if made or codes:
            ledger.record(
                "themes.codebook_taken",
                subject=project,
                now={"themes": len(made), "codes": len(codes)},
            )
    return len(made) + len(codes)
