"""Addresses of the pages over all stages."""

from django.urls import path

from overview.views import (
    archive,
    begun_from,
    front,
    history,
    installation,
    kept,
    project,
    retention,
    team,
)

app_name = "overview"
urlpatterns = [
    path("", front.home, name="home"),
    path("projects/", front.projects, name="projects"),
    path("projects/begin/", front.project_begin, name="project_begin"),
    path("projects/begin/from/", front.project_begin_from, name="project_begin_from"),
    path("installation/", installation.installation, name="installation"),
    path("<slug:project>/", project.project_home, name="project_home"),
    path("<slug:project>/team/", team.team, name="team"),
    path("<slug:project>/settings/audit/", history.audit_trail, name="audit_trail"),
    path("<slug:project>/settings/kept/", kept.kept_record, name="kept_record"),
    path("<slug:project>/settings/kept/file/", kept.kept_record_file, name="kept_record_file"),
    path("<slug:project>/settings/periods/next/", retention.retention, name="retention"),
    path(
        "<slug:project>/settings/periods/next/put-off/",
        retention.retention_put_off,
        name="retention_put_off",
    ),
    path("<slug:project>/settings/archive/", archive.project_archive, name="project_archive"),
    path("<slug:project>/settings/archive/make/", archive.archive_make, name="archive_make"),
    path("<slug:project>/settings/archive/take/", archive.archive_take, name="archive_take"),
    path("<slug:project>/settings/begun-from/", begun_from.begun_from, name="begun_from"),
    path("<slug:project>/settings/begun-from/read/", begun_from.texts_read, name="texts_read"),
    path(
        "<slug:project>/settings/begun-from/<uuid:uuid>/remove/",
        begun_from.text_template_remove,
        name="text_template_remove",
    ),
    path("<slug:project>/privacy/", project.privacy, name="privacy"),
    path("<slug:project>/accessibility/", project.accessibility, name="accessibility"),
]
