"""Writing the plan's texts."""

import pytest

from coproduction.projects.models import AuditEntry
from plan.models import Section
from plan.services.section import NotAThemeHere, write_section
from tests.cast import make_member
from tests.plan.story import Story, both
from tests.workshops.material import make_theme

pytestmark = pytest.mark.django_db


def test_a_text_is_saved_in_both_languages_with_one_audit_entry_and_no_words(project, editor):
    before = AuditEntry.objects.filter(project=project).count()
    section = write_section(
        project=project, kind="thanks", body={"en": "Thank you all", "cy": "Diolch"}, by=editor
    )
    assert section.body.text("cy") == "Diolch"
    entries = AuditEntry.objects.filter(project=project)[before:]
    assert [entry.verb for entry in entries] == ["plan.section_written"]
    assert "Diolch" not in str(entries[0].now)
    assert entries[0].now["length"] == {"en": 13, "cy": 6}


def test_writing_the_same_again_changes_nothing(project, editor):
    write_section(project=project, kind="thanks", body={"en": "Thanks"}, by=editor)
    before = AuditEntry.objects.filter(project=project).count()
    write_section(project=project, kind="thanks", body={"en": "Thanks"}, by=editor)
    assert AuditEntry.objects.filter(project=project).count() == before
    assert Section.objects.of(project).count() == 1


def test_changing_the_first_language_leaves_the_other_out_of_date(project, editor):
    write_section(project=project, kind="thanks", body=both("Thanks"), by=editor)
    section = write_section(
        project=project, kind="thanks", body={"en": "Many thanks", "cy": "Thanks (cy)"}, by=editor
    )
    assert section.body.out_of_date(["en", "cy"]) == ["cy"]


def test_a_text_is_only_for_a_theme_of_this_plan(project, editor, other_project):
    elsewhere = make_theme(other_project, "Elsewhere")
    with pytest.raises(NotAThemeHere):
        write_section(project=project, kind="theme", theme=elsewhere, body=both("x"), by=editor)
    assert not Section.objects.exists()


def test_each_theme_has_its_own_text(story: Story):
    assert make_member(story.project, "editor") == story.editor
    write_section(
        project=story.project, kind="theme", theme=story.theme, body=both("New"), by=story.editor
    )
    assert Section.objects.of(story.project).get(theme=story.theme).body.text("en") == "New"
