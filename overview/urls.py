"""Addresses of the pages over all stages."""

from django.urls import path

from overview import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("projects/", views.projects, name="projects"),
    path("projects/begin/", views.project_begin, name="project_begin"),
    path("<slug:project>/", views.project_home, name="project_home"),
    path("<slug:project>/team/", views.team, name="team"),
    path("<slug:project>/privacy/", views.privacy, name="privacy"),
    path("<slug:project>/accessibility/", views.accessibility, name="accessibility"),
]
