"""Addresses of the plan and of following a receipt: with and without a language."""

from django.urls import path

from plan.views import editor, follow, public, publishing

app_name = "plan"
urlpatterns = [
    path("<slug:project>/plan/", public.plan, name="plan"),
    path("<slug:project>/plan/actions/<int:number>/", public.action, name="action"),
    path("<slug:project>/plan/figures/", public.figures, name="figures"),
    path("<slug:project>/plan/figures/<slug:figure>/", public.figure, name="figure"),
    path("<slug:project>/plan/print/", public.printable, name="printable"),
    path("<slug:project>/plan/edit/", editor.editor, name="editor"),
    path("<slug:project>/plan/edit/texts/<slug:kind>/", editor.section_edit, name="section_edit"),
    path(
        "<slug:project>/plan/edit/themes/<uuid:theme>/",
        editor.theme_section_edit,
        name="theme_section_edit",
    ),
    path("<slug:project>/plan/edit/preview/", editor.preview, name="preview"),
    path("<slug:project>/plan/edit/gate/", publishing.gate, name="gate"),
    path("<slug:project>/plan/edit/publish/", publishing.publish, name="publish"),
    path("<slug:project>/plan/edit/files/", editor.files, name="files"),
    path(
        "<slug:project>/plan/edit/files/<slug:language>/again/",
        editor.file_again,
        name="file_again",
    ),
    path("<slug:project>/follow/", follow.follow, name="follow"),
    path("<slug:project>/follow/<str:receipt>/", follow.follow_receipt, name="follow_receipt"),
]
