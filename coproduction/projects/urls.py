"""Addresses of a project's settings and organisations, and of a person's own page."""

from django.urls import path

from coproduction.projects.views import (
    complaint,
    demo,
    letter,
    mail,
    membership,
    organisation,
    passes,
    person,
    project,
    retention,
    session,
    sign_in,
    trail,
    unsent,
)

app_name = "projects"
urlpatterns = [
    path("demo/<str:key>/", demo.demo_open, name="demo_open"),
    path("accounts/me/", person.person, name="person"),
    path("accounts/me/signed-in/", session.signed_in, name="signed_in"),
    path("accounts/me/leave/", person.leave, name="leave"),
    path("accounts/demo/<uuid:uuid>/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("accounts/unsent/", unsent.unsent, name="unsent"),
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
    path(
        "<slug:project>/settings/people/<uuid:uuid>/from-elsewhere/",
        membership.member_from_elsewhere,
        name="member_from_elsewhere",
    ),
    path(
        "<slug:project>/settings/people/<uuid:uuid>/sign-out/",
        membership.member_sign_out,
        name="member_sign_out",
    ),
    path(
        "<slug:project>/settings/people/<uuid:uuid>/close-account/",
        membership.member_close,
        name="member_close",
    ),
    path(
        "<slug:project>/settings/people/<uuid:uuid>/reopen-account/",
        membership.member_reopen,
        name="member_reopen",
    ),
    path("<slug:project>/settings/letters/", letter.letters, name="letters"),
    path(
        "<slug:project>/settings/letters/<uuid:uuid>/again/",
        letter.letter_again,
        name="letter_again",
    ),
    path(
        "<slug:project>/settings/letters/<uuid:uuid>/leave/",
        letter.letter_leave,
        name="letter_leave",
    ),
    path("<slug:project>/settings/periods/", retention.periods, name="periods"),
    path("<slug:project>/privacy/complaint/", complaint.complaint, name="complaint"),
    path("<slug:project>/privacy/complaint/sent/", complaint.complaint_sent, name="complaint_sent"),
    path("<slug:project>/settings/complaints/", complaint.complaint_list, name="complaint_list"),
    path(
        "<slug:project>/settings/complaints/<uuid:uuid>/",
        complaint.complaint_answer,
        name="complaint_answer",
    ),
    path(
        "<slug:project>/settings/complaints/<uuid:uuid>/acknowledge/",
        complaint.complaint_acknowledge,
        name="complaint_acknowledge",
    ),
    path("<slug:project>/trail/", trail.trail, name="trail"),
    path("<slug:project>/settings/passes/", passes.pass_list, name="pass_list"),
    path(
        "<slug:project>/settings/passes/<uuid:uuid>/revoke/",
        passes.pass_revoke,
        name="pass_revoke",
    ),
    # They are named when actions are designed, and so are found beside the workshops.
    path(
        "<slug:project>/workshops/organisations/",
        organisation.organisation_list,
        name="organisation_list",
    ),
    path(
        "<slug:project>/workshops/organisations/add/",
        organisation.organisation_add,
        name="organisation_add",
    ),
    path(
        "<slug:project>/workshops/organisations/<uuid:uuid>/",
        organisation.organisation_change,
        name="organisation_change",
    ),
]
