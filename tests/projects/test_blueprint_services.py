"""Noting what a project was begun from, its texts to begin with, and that they were read."""

import pytest
from django.db import IntegrityError, transaction

from coproduction.languages.models import Translated
from coproduction.projects.models import AuditEntry, Blueprint, Project, TextTemplate, User
from coproduction.projects.seen import Removed
from coproduction.projects.services.blueprint import (
    keep_text_templates,
    note_begun_from,
    note_texts_read,
    remove_text_template,
)

pytestmark = pytest.mark.django_db


def verbs(project: Project) -> list[str]:
    """Return what was done in a project, in order."""
    entries = AuditEntry.objects.filter(project=project).order_by("number")
    return list(entries.values_list("verb", flat=True))


def begun(project: Project, by: User) -> Blueprint:
    """Note that a project was begun from itself: any will do."""
    return note_begun_from(project=project, origin=project, groups=["questions"], by=by)


def test_the_name_is_kept_as_it_was_then(project: Project, coordinator: User) -> None:
    blueprint = begun(project, coordinator)
    Project.objects.update(place="Bryn y Môr")
    blueprint.refresh_from_db()
    assert (blueprint.origin, blueprint.origin_place) == (project.uuid, "Bryn")
    assert verbs(project)[-1] == "projects.project_begun_from_another"


def test_a_project_is_begun_once(project: Project, coordinator: User) -> None:
    begun(project, coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Blueprint.objects.create(project=project, origin=project.uuid, origin_place="Bryn")


def test_reading_is_noted_once(project: Project, coordinator: User) -> None:
    blueprint = begun(project, coordinator)
    first = note_texts_read(blueprint=blueprint, by=coordinator).read_at
    assert first is not None
    assert note_texts_read(blueprint=blueprint, by=coordinator).read_at == first
    assert verbs(project).count("projects.texts_read") == 1


def test_templates_keep_their_order_and_are_counted_in_the_trail(
    project: Project, coordinator: User
) -> None:
    names = ["Second", "First", "Third"]
    keep_text_templates(
        project=project,
        templates=[
            TextTemplate(kind="engagements.Survey", name=Translated.of("en", en=name))
            for name in names
        ],
        by=coordinator,
    )
    assert [str(each) for each in TextTemplate.objects.of(project)] == names
    entry = AuditEntry.objects.get(project=project, verb="projects.text_templates_kept")
    assert entry.now == {"engagements.Survey": 3}


def test_no_templates_leave_no_entry(project: Project, coordinator: User) -> None:
    assert keep_text_templates(project=project, templates=[], by=coordinator) == []
    assert "projects.text_templates_kept" not in verbs(project)


def test_a_template_that_somebody_else_dropped_is_said_to_be_gone(
    project: Project, coordinator: User
) -> None:
    (kept,) = keep_text_templates(
        project=project,
        templates=[TextTemplate(kind="engagements.Survey", name=Translated.of("en", en="Park"))],
        by=coordinator,
    )
    again = TextTemplate.objects.get(pk=kept.pk)
    remove_text_template(template=kept, by=coordinator)
    with pytest.raises(Removed):
        remove_text_template(template=again, by=coordinator)
    assert not TextTemplate.objects.exists()


def test_a_text_in_several_languages_fills_its_boxes_as_one(
    project: Project, coordinator: User
) -> None:
    title = Translated.of("en", en="Park", cy="Parc")
    template = TextTemplate(boxes={"title": title.entries, "slug": "park"})
    assert template.initial == {"title": title, "slug": "park"}
