"""Addresses of the steering group."""

from django.urls import path

from steering.views import came_of, decisions, home, meetings, rounds, seats

app_name = "steering"
urlpatterns = [
    path("steering/", home.home, name="home"),
    path("steering/seats/", seats.seat_list, name="seat_list"),
    path("steering/seats/new/", seats.seat_new, name="seat_new"),
    path("steering/seats/<uuid:uuid>/", seats.seat_change, name="seat_change"),
    path("steering/seats/<uuid:uuid>/leave/", seats.seat_leave, name="seat_leave"),
    path("steering/terms/", seats.terms, name="terms"),
    path("steering/meetings/", meetings.meeting_list, name="meeting_list"),
    path("steering/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("steering/meetings/<uuid:uuid>/", meetings.meeting, name="meeting"),
    path("steering/meetings/<uuid:uuid>/change/", meetings.meeting_change, name="meeting_change"),
    path(
        "steering/meetings/<uuid:uuid>/minutes/", meetings.meeting_minutes, name="meeting_minutes"
    ),
    path("steering/meetings/<uuid:uuid>/seal/", meetings.meeting_seal, name="meeting_seal"),
    path("steering/rounds/open/", rounds.rounds_open, name="rounds_open"),
    path("steering/rounds/<uuid:uuid>/", rounds.round, name="round"),
    path("steering/rounds/<uuid:uuid>/respond/", rounds.round_respond, name="round_respond"),
    path("steering/rounds/<uuid:uuid>/answered/", rounds.round_answered, name="round_answered"),
    path("steering/rounds/<uuid:uuid>/record/", rounds.round_record, name="round_record"),
    path("steering/rounds/<uuid:uuid>/decide/", rounds.round_decide, name="round_decide"),
    path("steering/rounds/<uuid:uuid>/close/", rounds.round_close, name="round_close"),
    path("steering/rounds/<uuid:uuid>/extend/", rounds.round_extend, name="round_extend"),
    path("steering/rounds/<uuid:uuid>/take-back/", rounds.round_take_back, name="round_take_back"),
    path("steering/decisions/", decisions.decision_list, name="decision_list"),
    path(
        "steering/decisions/<uuid:uuid>/translate/",
        decisions.decision_translate,
        name="decision_translate",
    ),
    path("steering/standing/", came_of.standing_list, name="standing_list"),
    path(
        "steering/came-of/comments/<uuid:uuid>/<int:position>/",
        came_of.came_of_comment,
        name="came_of_comment",
    ),
    path("steering/came-of/themes/<uuid:uuid>/", came_of.came_of_theme, name="came_of_theme"),
    path(
        "steering/came-of/workshops/<uuid:uuid>/",
        came_of.came_of_workshop,
        name="came_of_workshop",
    ),
    path("steering/actions/<uuid:uuid>/", decisions.action_standing, name="action_standing"),
    path("steering/actions/<uuid:uuid>/commit/", decisions.commitment_new, name="commitment_new"),
    path(
        "steering/commitments/<uuid:uuid>/translate/",
        decisions.commitment_translate,
        name="commitment_translate",
    ),
]
