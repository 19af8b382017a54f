"""Addresses of the plan and of following a receipt: with and without a language."""

from django.urls import path

from plan.views import (
    action_in_plan,
    editor,
    erasure,
    events,
    follow,
    own_words,
    public,
    publishing,
)

app_name = "plan"
urlpatterns = [
    path("plan/", public.plan, name="plan"),
    path("plan/actions/<int:number>/", public.action, name="action"),
    path("plan/events/<uuid:uuid>/", events.event, name="event"),
    path("plan/workshops/<uuid:uuid>/", events.workshop, name="workshop"),
    path("plan/themes/<uuid:uuid>/", events.theme, name="theme"),
    path("plan/figures/", public.figures, name="figures"),
    path("plan/print/", public.printable, name="printable"),
    path("plan/edit/", editor.editor, name="editor"),
    path("plan/edit/text/", editor.section_edit, name="section_edit"),
    path("plan/edit/preview/", editor.preview, name="preview"),
    path("plan/edit/gate/", publishing.gate, name="gate"),
    path("plan/edit/publish/", publishing.publish, name="publish"),
    path("plan/edit/files/", editor.files, name="files"),
    path("plan/edit/files/again/", editor.file_again, name="file_again"),
    path("plan/edit/place/<uuid:uuid>/", action_in_plan.action_in_plan, name="action_in_plan"),
    path("plan/erasures/<uuid:uuid>/<int:position>/", erasure.erasure, name="erasure"),
    path("follow/", follow.follow, name="follow"),
    path("follow/<str:receipt>/", follow.follow_receipt, name="follow_receipt"),
    path("follow/<str:receipt>/data/", own_words.receipt_data, name="receipt_data"),
    path("follow/<str:receipt>/take-back/", own_words.receipt_withdraw, name="receipt_withdraw"),
    path("follow/<str:receipt>/erase/", own_words.receipt_erase, name="receipt_erase"),
]
