"""Makes a store: tables, the sample, one of everything beside it, and as many comments as asked."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.filling import fill
from bench.measures.people import EXAMPLE, PROJECT, TAKEN, role_of, sample_project
from bench.models import TABLES, BarePlan, BareText
from bench.words import words_of_plan
from coproduction.database import renew_statistics
from coproduction.projects.models import Project, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.project import create_project
from engagements.models import Comment
from engagements.services.question import ensure_questions
from plan.models import Rendering
from plan.paper.pdf import write_pdf
from plan.queries.masking import mask_of
from plan.queries.renderings import rendering_key
from plan.services.rendering import html_of_edition, put_in_place
from sample.services.load import load_sample
from tests.architecture.examples import make_world
from themes.services.codebook import add_code, add_theme

# In the largest, half of the comments are another project's.
_TWO_PROJECTS = 1_000_000


def fill_store(size: int) -> None:
    """Bring the tables up to date; with a ``size``, put in what is not there yet."""
    call_command("migrate", verbosity=0)
    there = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        for model in TABLES:
            if model._meta.db_table not in there:
                editor.create_model(model)
    if not size:
        return
    if not Project.objects.filter(slug=PROJECT).exists():
        _begin()
    project, analyst = sample_project(), role_of("analyst")
    if size >= _TWO_PROJECTS:
        fill(_other_project(analyst), size // 2, analyst)
        size //= 2
    if size > Comment.objects.of(project).count() + 1_000:
        fill(project, size, analyst)
    _copy_words(project)
    _settle()


def _begin() -> None:
    """Load the sample with its files, and beside it a project with one of everything."""
    project = load_sample()
    for rendering in Rendering.objects.filter(project=project, ready_at__isnull=True):
        edition = rendering.edition
        document = write_pdf(html_of_edition(edition, rendering.language))
        put_in_place(
            rendering=rendering,
            content=document.content,
            pages=document.pages,
            key=rendering_key(edition, mask_of(edition)),
            confirm=lambda: None,
        )
    world = make_world(EXAMPLE, "Oneofeach")
    Path(settings.DATA_DIR, TAKEN).write_text(json.dumps(world.takes, default=str))
    BarePlan.objects.create(pk=1, words=words_of_plan(project))


def _other_project(by: User) -> Project:
    """Make another place of the same size, with as many themes and codes."""
    project = create_project(slug="elsewhere", place="Elsewhere", languages=["en"], by=by)
    add_member(project=project, user=by, role="analyst", by=by)
    ensure_questions(project=project, by=by)
    themes = [add_theme(project=project, name={"en": f"Theme {n}"}, by=by) for n in range(6)]
    for number in range(15):
        add_code(project=project, parent=themes[number % 6], name={"en": f"Code {number}"}, by=by)
    return project


def _copy_words(project: Project) -> None:
    """Copy the words that are searched to where no index knows them, for the baseline."""
    BareText.objects.all().delete()
    ours, bare = Comment._meta.db_table, BareText._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {bare} (id, project, words) "  # noqa: S608 - our own tables' names
            f"SELECT id, project_id, folded FROM {ours} WHERE project_id = %s",
            [project.pk],
        )


def _settle() -> None:
    """Leave the database as it is found when nobody has written for a while.

    PostgreSQL looks at its tables by itself, in time; SQLite only does when the app asks it to, as
    after each import.
    """
    renew_statistics()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
