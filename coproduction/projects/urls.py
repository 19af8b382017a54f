"""Addresses for a project's settings and a person's own page."""

from django.urls import path

from coproduction.projects import views

app_name = "projects"
urlpatterns = [
    path("accounts/me/", views.person, name="person"),
    path("accounts/demo/<uuid:uuid>/", views.demo_sign_in, name="demo_sign_in"),
    path("mail/", views.mail, name="mail"),
    path("<slug:project>/settings/", views.settings_page, name="settings_page"),
    path("<slug:project>/settings/people/", views.people, name="people"),
    path(
        "<slug:project>/settings/people/<uuid:uuid>/remove/",
        views.member_remove,
        name="member_remove",
    ),
    path(
        "<slug:project>/settings/people/<uuid:uuid>/invite/",
        views.member_invite,
        name="member_invite",
    ),
    path("<slug:project>/settings/audit/", views.audit_trail, name="audit_trail"),
]
