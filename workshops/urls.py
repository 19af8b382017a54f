"""Addresses of the workshops, their notes, and the actions designed there."""

from django.urls import URLPattern, path

from workshops.views import action, attendee, evidence, note, theme_pack, workshop

app_name = "workshops"
urlpatterns: list[URLPattern] = [
    path("workshops/", workshop.workshop_list, name="workshop_list"),
    path("workshops/plan/", workshop.workshop_plan, name="workshop_plan"),
    path("workshops/actions/", action.action_list, name="action_list"),
    path("workshops/actions/led/", action.action_led_list, name="action_led_list"),
    path("workshops/actions/propose/", action.action_propose, name="action_propose"),
    path("workshops/actions/<uuid:uuid>/", action.action, name="action"),
    path("workshops/actions/<uuid:uuid>/reword/", action.action_reword, name="action_reword"),
    path("workshops/actions/<uuid:uuid>/move/", action.action_move, name="action_move"),
    path(
        "workshops/actions/<uuid:uuid>/evidence/",
        evidence.evidence_choose,
        name="evidence_choose",
    ),
    path("workshops/actions/<uuid:uuid>/cite/", evidence.evidence_cite, name="evidence_cite"),
    path("workshops/actions/<uuid:uuid>/uncite/", evidence.evidence_uncite, name="evidence_uncite"),
    path(
        "workshops/wordings/<uuid:uuid>/translate/",
        action.wording_translate,
        name="wording_translate",
    ),
    path("workshops/tables/<uuid:uuid>/", note.table, name="table"),
    path("workshops/tables/<uuid:uuid>/host/", attendee.table_host, name="table_host"),
    path("workshops/notes/<uuid:uuid>/", note.note_change, name="note_change"),
    path("workshops/<uuid:uuid>/", workshop.workshop, name="workshop"),
    path("workshops/<uuid:uuid>/change/", workshop.workshop_change, name="workshop_change"),
    path("workshops/<uuid:uuid>/call-off/", workshop.workshop_call_off, name="workshop_call_off"),
    path("workshops/<uuid:uuid>/revive/", workshop.workshop_revive, name="workshop_revive"),
    path("workshops/<uuid:uuid>/pack/", theme_pack.theme_pack, name="theme_pack"),
    path("workshops/<uuid:uuid>/people/", attendee.attendees, name="attendees"),
    path(
        "workshops/<uuid:uuid>/people/remove/", attendee.attendees_remove, name="attendees_remove"
    ),
    path("workshops/<uuid:uuid>/tables/", attendee.tables, name="tables"),
    path("workshops/<uuid:uuid>/notes/undo/", note.notes_undo, name="notes_undo"),
    path("workshops/<uuid:uuid>/notes/restore/", note.notes_restore, name="notes_restore"),
]
