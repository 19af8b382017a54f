"""Addresses of the steering group."""

from django.urls import path

from steering.views import (
    action,
    commitment,
    decision,
    home,
    meeting,
    minutes,
    results,
    round,
    seat,
)

app_name = "steering"
urlpatterns = [
    path("steering/", home.home, name="home"),
    path("steering/seats/", seat.seat_list, name="seat_list"),
    path("steering/seats/new/", seat.seat_new, name="seat_new"),
    path("steering/seats/<uuid:uuid>/", seat.seat_change, name="seat_change"),
    path("steering/seats/<uuid:uuid>/leave/", seat.seat_leave, name="seat_leave"),
    path("steering/seats/<uuid:uuid>/let-answer/", seat.seat_let_answer, name="seat_let_answer"),
    path("steering/seats/held-by/<uuid:uuid>/", seat.seat_holder, name="seat_holder"),
    path("steering/seats/<uuid:uuid>/remove/", seat.seat_remove, name="seat_remove"),
    path("steering/terms/", seat.terms, name="terms"),
    path("steering/meetings/", meeting.meeting_list, name="meeting_list"),
    path("steering/meetings/new/", meeting.meeting_new, name="meeting_new"),
    path("steering/meetings/<uuid:uuid>/", meeting.meeting, name="meeting"),
    path("steering/meetings/<uuid:uuid>/change/", meeting.meeting_change, name="meeting_change"),
    path("steering/meetings/<uuid:uuid>/minutes/", minutes.meeting_minutes, name="meeting_minutes"),
    path(
        "steering/meetings/<uuid:uuid>/call-off/",
        meeting.meeting_call_off,
        name="meeting_call_off",
    ),
    path(
        "steering/meetings/<uuid:uuid>/minutes/circulate/",
        minutes.minutes_circulate,
        name="minutes_circulate",
    ),
    path("steering/meetings/<uuid:uuid>/seal/", minutes.meeting_seal, name="meeting_seal"),
    path("steering/meetings/<uuid:uuid>/correct/", minutes.minutes_correct, name="minutes_correct"),
    path("steering/rounds/open/", round.rounds_open, name="rounds_open"),
    path("steering/rounds/<uuid:uuid>/", round.round, name="round"),
    path("steering/rounds/<uuid:uuid>/respond/", round.round_respond, name="round_respond"),
    path("steering/rounds/<uuid:uuid>/answered/", round.round_answered, name="round_answered"),
    path("steering/rounds/<uuid:uuid>/record/", round.round_record, name="round_record"),
    path("steering/rounds/<uuid:uuid>/decide/", round.round_decide, name="round_decide"),
    path("steering/rounds/<uuid:uuid>/close/", round.round_close, name="round_close"),
    path("steering/rounds/<uuid:uuid>/extend/", round.round_extend, name="round_extend"),
    path("steering/rounds/<uuid:uuid>/take-back/", round.round_take_back, name="round_take_back"),
    path("steering/decisions/", decision.decision_list, name="decision_list"),
    path(
        "steering/decisions/<uuid:uuid>/translate/",
        decision.decision_translate,
        name="decision_translate",
    ),
    path("steering/standing/", action.action_status_list, name="action_status_list"),
    path(
        "steering/came-of/comments/<uuid:uuid>/<int:position>/",
        results.comment_results,
        name="comment_results",
    ),
    path("steering/came-of/themes/<uuid:uuid>/", results.theme_results, name="theme_results"),
    path(
        "steering/came-of/workshops/<uuid:uuid>/",
        results.workshop_results,
        name="workshop_results",
    ),
    path("steering/actions/<uuid:uuid>/", action.action_status, name="action_status"),
    path("steering/actions/<uuid:uuid>/withdraw/", action.action_withdraw, name="action_withdraw"),
    path("steering/actions/<uuid:uuid>/commit/", commitment.commitment_new, name="commitment_new"),
    path(
        "steering/commitments/<uuid:uuid>/translate/",
        commitment.commitment_translate,
        name="commitment_translate",
    ),
]
