"""Pages of what tables write: typing it, putting it right, undoing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coproduction.projects.models import Project
from coproduction.projects.pages import (
    TeamRequest,
    apply_or_report,
    apply_or_warn,
    form_page,
    project_view,
    redirect_to,
    status_of,
    url_for,
)
from workshops.forms.note import ChosenNotesForm, NoteChangeForm, NoteForm, TableNoteForm
from workshops.forms.workshop import table_label
from workshops.models import Note, Table, Workshop
from workshops.queries.counts import tables_with_counts
from workshops.services.note import NewNote, add_notes, change_note, restore_notes, undo_notes
from workshops.views.breadcrumbs import workshop_crumbs


@project_view(may="workshops.run")
def table(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Type a table's notes, one after another."""
    found = get_object_or_404(
        Table.objects.select_related("workshop__project"), workshop__project=project, uuid=uuid
    )
    named = request.GET.get("added") or request.GET.get("undone") or ""
    notes = list(found.notes.order_by("-pk"))
    touched = [note for note in notes if named in {str(note.step), str(note.uuid)}]
    form = TableNoteForm(
        request.POST or None, project=project, initial=_next_initial(touched, notes, project)
    )
    added = apply_or_report(
        form,
        lambda: add_notes(
            workshop=found.workshop,
            notes=_typed_notes(form, found, each_line="each_line" in request.POST),
            step=form.cleaned_data["step"],
            by=request.user,
        ),
    )
    if added is not None:
        query = {"added": added[0].step}
        return redirect_to(project, "workshops:table", uuid=uuid, query=query)
    if touched and not form.is_bound:
        form.fields["text"].widget.attrs["data-focus"] = "true"
    context = {
        "form": form,
        "table": found,
        "label": table_label(found),
        "tabs": _tabs(project, found),
        "notes": [note for note in notes if note.undone_at is None],
        "done": _last_change(project, found.workshop, touched, undone="undone" in request.GET),
        "undo_url": url_for(project, "workshops:notes_undo", uuid=found.workshop.uuid),
        "here": url_for(project, "workshops:table", uuid=uuid),
        "crumbs": workshop_crumbs(project, found.workshop),
    }
    return render(request, "workshops/table.html", context, status=status_of(form))


def _typed_notes(form: TableNoteForm, table: Table, *, each_line: bool) -> list[NewNote]:
    """Return what was typed as one note, or as one note a line."""
    given = {name: form.cleaned_data[name] for name in NoteForm.base_fields if name != "text"}
    return [NewNote(text=text, table=table, **given) for text in form.texts(each_line=each_line)]


def _next_initial(touched: list[Note], notes: list[Note], project: Project) -> dict[str, Any]:
    """Start the next note as the last one was: tables write several of a kind in a row.

    A table opened again starts as any table does, in its last note's language: who left it there
    as "Concern" may be somebody else. Whether everyone may read it is asked again for each note.
    """
    if touched:
        return {"kind": touched[0].kind, "language": touched[0].language}
    return {"language": notes[0].language if notes else project.languages[0]}


def _tabs(project: Project, current: Table) -> list[dict[str, object]]:
    """Return a tab for each table of the workshop."""
    return [
        {
            "label": _("Table %(number)d") % {"number": row.number},
            "url": url_for(project, "workshops:table", uuid=row.uuid),
            "current": row.pk == current.pk,
            "number": row.note_count,  # type: ignore[attr-defined]
        }
        for row in tables_with_counts(current.workshop)
    ]


def _last_change(
    project: Project, workshop: Workshop, touched: list[Note], *, undone: bool
) -> dict[str, Any] | None:
    """Say what was just added or undone, and the way back; nothing when it no longer holds."""
    notes = [note for note in touched if (note.undone_at is not None) == undone]
    if not notes:
        return None
    number = len(notes)
    if undone:
        text = ngettext("%(number)d note was undone.", "%(number)d notes were undone.", number)
        name, label = "workshops:notes_restore", _("Put it back")
    else:
        text = ngettext("%(number)d note is kept.", "%(number)d notes are kept.", number)
        name, label = "workshops:notes_undo", _("Undo")
    return {
        "text": text % {"number": number},
        "url": url_for(project, name, uuid=workshop.uuid),
        "label": label,
        "fields": {"step": notes[0].step} if number > 1 else {"note": notes[0].uuid},
    }


@project_view(may="workshops.run")
def note_change(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put right how a note was written down."""
    note = get_object_or_404(
        Note.objects.of(project).select_related("workshop", "table", "project"), uuid=uuid
    )
    if note.undone_at is not None and request.method != "POST":
        return redirect(_page_of(project, note, {"undone": note.uuid}))
    initial = {name: getattr(note, name) for name in NoteForm.base_fields}
    initial["version"] = note.version
    form = NoteChangeForm(request.POST or None, project=project, initial=initial)
    changed = apply_or_report(
        form,
        lambda: change_note(
            note=note, by=request.user, put_back="put_back" in request.POST, **form.cleaned_data
        ),
    )
    if changed is not None:
        return redirect(_page_of(project, note))
    if request.method == "POST":
        note.refresh_from_db(fields=["undone_at", "version"])
        # The page has said by now that there is a newer one.
        form.carry("version", note.version)
    back = {"second": _("Put it back with these words"), "second_name": "put_back"}
    return form_page(
        request,
        form,
        title=_("Put a note right"),
        submit=_("Save the note"),
        crumbs=workshop_crumbs(project, note.workshop),
        cancel_url=_page_of(project, note),
        **(back if note.undone_at else {}),
    )


def _page_of(project: Project, note: Note, query: Any = None) -> str:
    """Return the address of the page on which a note is typed: its table's, or its workshop's."""
    if note.table is not None:
        return url_for(project, "workshops:table", uuid=note.table.uuid, query=query)
    return url_for(project, "workshops:workshop", uuid=note.workshop.uuid, query=query)


@project_view(may="workshops.run")
@require_POST
def notes_undo(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Take one note, or all notes of a step, out of sight."""
    return _undo_or_restore(request, project, uuid, undone=True)


@project_view(may="workshops.run")
@require_POST
def notes_restore(request: TeamRequest, project: Project, uuid: UUID) -> HttpResponse:
    """Put back the notes that a step of undoing took away."""
    return _undo_or_restore(request, project, uuid, undone=False)


def _undo_or_restore(
    request: TeamRequest, project: Project, uuid: UUID, *, undone: bool
) -> HttpResponse:
    """Undo or restore what the form names, then show the table it came from."""
    workshop = get_object_or_404(Workshop.objects.of(project), uuid=uuid)
    form = ChosenNotesForm(request.POST, workshop=workshop)
    notes = form.chosen() if form.is_valid() else []
    if not notes:
        messages.error(request, _("Those notes are not at this workshop."))
        return redirect_to(project, "workshops:workshop", uuid=uuid)
    change = undo_notes if undone else restore_notes
    if not apply_or_warn(request, lambda: change(workshop=workshop, notes=notes, by=request.user)):
        return redirect(_page_of(project, notes[0]))
    named = notes[0].step if form.cleaned_data["step"] else notes[0].uuid
    return redirect(_page_of(project, notes[0], {"undone" if undone else "added": named}))
