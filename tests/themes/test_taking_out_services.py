"""Taking comments out stands in the trail first: how many, how narrowed, and never the words."""

import pytest

from coproduction.jobs.models import Job
from coproduction.projects.models import AuditEntry
from coproduction.projects.trail.verification import verify
from engagements.models import Comment
from tests.themes.comments import make_comments, make_engagement, make_questions
from themes.forms.comment_list import CodedFilterForm
from themes.services.taking_out import NothingToTakeOut, note_comments_taken_out


def take_out(project, by, rows: int = 3, file: str = "csv", **asked: object) -> AuditEntry:
    """Note that some were taken out, narrowed so; return the entry."""
    form = CodedFilterForm(asked, project=project, may_withhold=False)
    assert form.is_valid(), form.errors
    note_comments_taken_out(project=project, rows=rows, file=file, chosen=form.cleaned_data, by=by)
    return AuditEntry.objects.filter(project=project).latest("number")


def test_the_entry_says_who_how_many_and_which_file(project, analyst) -> None:
    entry = take_out(project, analyst, rows=3_940, file="xlsx")
    assert (entry.verb, entry.by) == ("engagements.comments_taken_out", analyst)
    assert entry.subject_key == str(project.uuid)
    assert entry.now == {
        "rows": 3_940,
        "file": "xlsx",
        "search": False,
        "theme": None,
        "question": None,
        "engagements": [],
        "filters": [],
    }
    assert verify(project).fault is None


def test_it_says_by_what_they_were_narrowed_and_no_word_that_was_searched_for(
    project, book, analyst
) -> None:
    make_comments(project, "The park")
    need = make_questions(project)["need"]
    asked = {"q": "Dai at number 4", "theme": book.parks.uuid, "question": need.uuid}
    entry = take_out(project, analyst, **asked, engagement="open")
    held = Comment.objects.get().engagement
    assert entry.now["search"] is True
    assert entry.now["theme"] == str(book.parks.uuid)
    assert entry.now["question"] == str(need.uuid)
    assert entry.now["engagements"] == [str(held.uuid)]
    assert "Dai" not in str(entry.now)


def test_it_is_about_what_they_were_narrowed_to(project, book, analyst) -> None:
    make_comments(project, "The park")
    fair = make_engagement(project, "Open fair")
    need = make_questions(project)["need"]
    both = {"engagement": fair.uuid, "question": need.uuid}
    assert take_out(project, analyst, **both).subject_key == str(fair.uuid)
    assert take_out(project, analyst, question=need.uuid).subject_key == str(need.uuid)
    theme = take_out(project, analyst, **both, theme=book.spaces.uuid)
    assert theme.subject_key == str(book.spaces.uuid)
    # Of several engagements it is about none.
    several = take_out(project, analyst, engagement="open")
    assert len(several.now["engagements"]) == 2
    assert several.subject_key == str(project.uuid)


def test_nothing_is_taken_out_and_noted_where_there_is_nothing(project, analyst) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(NothingToTakeOut, match="no comment here"):
        take_out(project, analyst, rows=0)
    assert AuditEntry.objects.count() == before


def test_nothing_is_followed_up(project, analyst) -> None:
    Job.objects.all().delete()
    take_out(project, analyst)
    assert not Job.objects.exists()
