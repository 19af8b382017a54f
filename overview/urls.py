"""Addresses of the pages over all stages."""

from django.urls import path

from overview.views import archive, front, history, project, team

app_name = "overview"
urlpatterns = [
    path("", front.home, name="home"),
    path("projects/", front.projects, name="projects"),
    path("projects/begin/", front.project_begin, name="project_begin"),
    path("<slug:project>/", project.project_home, name="project_home"),
    path("<slug:project>/team/", team.team, name="team"),
    path("<slug:project>/settings/audit/", history.audit_trail, name="audit_trail"),
    path("<slug:project>/settings/archive/", archive.project_archive, name="project_archive"),
    path("<slug:project>/settings/archive/make/", archive.archive_make, name="archive_make"),
    path("<slug:project>/settings/archive/take/", archive.archive_take, name="archive_take"),
    path("<slug:project>/privacy/", project.privacy, name="privacy"),
    path("<slug:project>/accessibility/", project.accessibility, name="accessibility"),
]
