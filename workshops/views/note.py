"""Pages of what tables write: typing it, putting it right, undoing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import TeamRequest, project_view
from coproduction.projects.refusals import Refusal
from workshops.forms.note import ChosenNotesForm, NoteForm, TableNoteForm
from workshops.forms.workshop import table_label
from workshops.models import Note, Table, Workshop
from workshops.queries.counts import tables_with_counts
from workshops.services.note import NewNote, add_notes, change_note, restore_notes, undo_notes
from workshops.views.crumbs import redirect_to, url_for, workshop_crumbs


@project_view(may="workshops.run")
def table(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Type a table's notes, one after another."""
    found = get_object_or_404(
        Table.objects.select_related("workshop__project"), workshop__project=project, uuid=uuid
    )
    named = request.GET.get("added") or request.GET.get("undone") or ""
    notes = list(found.notes.order_by("-pk"))
    touched = [note for note in notes if named in {str(note.step), str(note.uuid)}]
    data = request.POST if request.method == "POST" else None
    form = TableNoteForm(data, project=project, initial=_as_before(touched, notes, project))
    if form.is_valid():
        try:
            kept = add_notes(
                workshop=found.workshop,
                notes=_typed(form, found, each_line="each_line" in request.POST),
                step=form.cleaned_data["step"],
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect_to("table", project, uuid=uuid, query={"added": kept[0].step})
    if touched and not form.is_bound:
        form.fields["text"].widget.attrs["data-focus"] = "true"
    context = {
        "form": form,
        "table": found,
        "label": table_label(found),
        "tabs": _tabs(project, found),
        "notes": [note for note in notes if note.undone_at is None],
        "done": _done(project, found.workshop, touched, undone="undone" in request.GET),
        "undo_url": url_for("notes_undo", project, uuid=found.workshop.uuid),
        "here": url_for("table", project, uuid=uuid),
        "crumbs": workshop_crumbs(project, found.workshop),
    }
    return render(request, "workshops/table.html", context)


def _typed(form: TableNoteForm, table: Table, *, each_line: bool) -> list[NewNote]:
    """Return what was typed as one note, or as one note a line."""
    given = {name: form.cleaned_data[name] for name in NoteForm.base_fields if name != "text"}
    return [NewNote(text=text, table=table, **given) for text in form.texts(each_line=each_line)]


def _as_before(touched: list[Note], notes: list[Note], project: Project) -> dict[str, Any]:
    """Start the next note as the last one was: tables write several of a kind in a row.

    A table opened anew starts as any table does, in its last note's language: who left it there
    as "Concern" may be somebody else. Whether everyone may read it is asked of each note anew.
    """
    if touched:
        return {"kind": touched[0].kind, "language": touched[0].language}
    return {"language": notes[0].language if notes else project.languages[0]}


def _tabs(project: Project, current: Table) -> list[dict[str, object]]:
    """Return a tab for each table of the workshop."""
    return [
        {
            "label": _("Table %(number)d") % {"number": row.number},
            "url": url_for("table", project, uuid=row.uuid),
            "current": row.pk == current.pk,
            "number": row.note_count,  # type: ignore[attr-defined]
        }
        for row in tables_with_counts(current.workshop)
    ]


def _done(
    project: Project, workshop: Workshop, touched: list[Note], *, undone: bool
) -> dict[str, Any] | None:
    """Say what was just kept or undone, and the way back; nothing when it no longer holds."""
    notes = [note for note in touched if (note.undone_at is not None) == undone]
    if not notes:
        return None
    number = len(notes)
    if undone:
        told = ngettext("%(number)d note was undone.", "%(number)d notes were undone.", number)
        way, label = "notes_restore", _("Put it back")
    else:
        told = ngettext("%(number)d note is kept.", "%(number)d notes are kept.", number)
        way, label = "notes_undo", _("Undo")
    return {
        "text": told % {"number": number},
        "url": url_for(way, project, uuid=workshop.uuid),
        "label": label,
        "fields": {"step": notes[0].step} if number > 1 else {"note": notes[0].uuid},
    }


@project_view(may="workshops.run")
def note_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put right how a note was written down."""
    note = get_object_or_404(
        Note.objects.of(project).kept().select_related("workshop", "table", "project"), uuid=uuid
    )
    data = request.POST if request.method == "POST" else None
    initial = {name: getattr(note, name) for name in NoteForm.base_fields}
    form = NoteForm(data, project=project, initial=initial)
    name, kwargs = _where(note)
    if form.is_valid():
        change_note(note=note, by=request.user, **form.cleaned_data)
        return redirect_to(name, project, **kwargs)
    context = {
        "form": form,
        "note": note,
        "crumbs": workshop_crumbs(project, note.workshop),
        "back": url_for(name, project, **kwargs),
    }
    return render(request, "workshops/note_change.html", context)


def _where(note: Note) -> tuple[str, dict[str, Any]]:
    """Return the page on which a note is typed: its table's, or its workshop's."""
    if note.table is not None:
        return "table", {"uuid": note.table.uuid}
    return "workshop", {"uuid": note.workshop.uuid}


@project_view(may="workshops.run")
@require_POST
def notes_undo(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take one note, or all notes of a step, out of sight."""
    return _take_back(request, project, uuid, undone=True)


@project_view(may="workshops.run")
@require_POST
def notes_restore(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put undone notes back."""
    return _take_back(request, project, uuid, undone=False)


def _take_back(request: TeamRequest, project: Project, uuid: UUID, *, undone: bool) -> HttpResponse:
    """Undo or restore what the form names, then show the table it came from."""
    workshop = get_object_or_404(Workshop.objects.of(project), uuid=uuid)
    form = ChosenNotesForm(request.POST, workshop=workshop)
    notes = form.chosen() if form.is_valid() else []
    if not notes:
        messages.error(request, _("Those notes are not at this workshop."))
        return redirect_to("workshop", project, uuid=uuid)
    name, kwargs = _where(notes[0])
    change = undo_notes if undone else restore_notes
    try:
        change(workshop=workshop, notes=notes, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect_to(name, project, **kwargs)
    named = notes[0].step if form.cleaned_data["step"] else notes[0].uuid
    return redirect_to(name, project, query={"undone" if undone else "added": named}, **kwargs)
