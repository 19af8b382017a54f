"""Addresses for a project's settings and a person's own page."""

from django.urls import path

from coproduction.projects.views import audit, mail, membership, person, project, sign_in

app_name = "projects"
urlpatterns = [
    path("accounts/me/", person.person, name="person"),
    path("accounts/demo/<uuid:uuid>/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("mail/", mail.mail, name="mail"),
    path("<slug:project>/settings/", project.settings_page, name="settings_page"),
    path("<slug:project>/settings/people/", membership.people, name="people"),
    path(
        "<slug:project>/settings/people/<uuid:uuid>/remove/",
        membership.member_remove,
        name="member_remove",
    ),
    path(
        "<slug:project>/settings/people/<uuid:uuid>/invite/",
        membership.member_invite,
        name="member_invite",
    ),
    path("<slug:project>/settings/audit/", audit.audit_trail, name="audit_trail"),
]
