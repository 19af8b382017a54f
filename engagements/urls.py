"""Addresses of listening: engagements, what was said at them, surveys and files."""

from django.urls import URLPattern, path

from engagements.views import (
    comment,
    concern,
    engagement,
    import_batch,
    question,
    slips,
    submission,
    survey,
)

app_name = "engagements"
_COMMENT = "engagements/comments/<uuid:uuid>/<int:position>/"
_QUESTION = "engagements/questions/<uuid:uuid>/"
urlpatterns: list[URLPattern] = [
    path("engagements/", engagement.engagement_list, name="engagement_list"),
    path("engagements/plan/", engagement.engagement_plan, name="engagement_plan"),
    path("engagements/questions/", question.questions, name="questions"),
    path("engagements/questions/begin/", question.questions_begin, name="questions_begin"),
    path("engagements/questions/add/", question.question_add, name="question_add"),
    path(f"{_QUESTION}change/", question.question_change, name="question_change"),
    path(f"{_QUESTION}move/", question.question_move, name="question_move"),
    path(f"{_QUESTION}close/", question.question_close, name="question_close"),
    path(f"{_QUESTION}reopen/", question.question_reopen, name="question_reopen"),
    path(f"{_QUESTION}remove/", question.question_remove, name="question_remove"),
    path("engagements/<uuid:uuid>/", engagement.engagement, name="engagement"),
    path("engagements/<uuid:uuid>/change/", engagement.engagement_change, name="engagement_change"),
    path("engagements/<uuid:uuid>/log/", engagement.engagement_log, name="engagement_log"),
    path("engagements/<uuid:uuid>/cancel/", engagement.engagement_cancel, name="engagement_cancel"),
    path("engagements/<uuid:uuid>/revive/", engagement.engagement_revive, name="engagement_revive"),
    path("engagements/<uuid:uuid>/type/", submission.submission_type, name="submission_type"),
    path("engagements/<uuid:uuid>/paste/", submission.submission_paste, name="submission_paste"),
    path("engagements/<uuid:uuid>/slips/", slips.engagement_slips, name="engagement_slips"),
    path("engagements/<uuid:uuid>/undo/", submission.submissions_undo, name="submissions_undo"),
    path("engagements/comments/", comment.comment_list, name="comment_list"),
    path(_COMMENT, comment.comment, name="comment"),
    path(f"{_COMMENT}withdraw/", comment.comment_withdraw, name="comment_withdraw"),
    path(f"{_COMMENT}restore/", comment.comment_restore, name="comment_restore"),
    path(f"{_COMMENT}redact/", comment.comment_redact, name="comment_redact"),
    path(f"{_COMMENT}correct/", comment.comment_correct, name="comment_correct"),
    path(f"{_COMMENT}unredact/", comment.comment_unredact, name="comment_unredact"),
    path(f"{_COMMENT}worry/", comment.concern_raise, name="concern_raise"),
    path("engagements/concerns/", concern.concern_list, name="concern_list"),
    path(
        "engagements/concerns/<uuid:uuid>/<int:position>/resolve/",
        concern.concern_resolve,
        name="concern_resolve",
    ),
    path(
        "engagements/concerns/<uuid:uuid>/<int:position>/tell/",
        concern.concern_resend,
        name="concern_resend",
    ),
    path("engagements/<uuid:uuid>/import/", import_batch.import_start, name="import_start"),
    path("engagements/imports/<uuid:uuid>/", import_batch.import_page, name="import_page"),
    path("engagements/imports/<uuid:uuid>/map/", import_batch.import_map, name="import_map"),
    path("engagements/imports/<uuid:uuid>/again/", import_batch.import_again, name="import_again"),
    path("engagements/imports/<uuid:uuid>/undo/", import_batch.import_undo, name="import_undo"),
    path(
        "engagements/imports/<uuid:uuid>/refused/",
        import_batch.import_refused,
        name="import_refused",
    ),
    path("engagements/surveys/", survey.survey_list, name="survey_list"),
    path("engagements/surveys/new/", survey.survey_new, name="survey_new"),
    path("engagements/surveys/<uuid:uuid>/", survey.survey_change, name="survey_change"),
    path("engagements/surveys/<uuid:uuid>/close/", survey.survey_close, name="survey_close"),
    path("tell-us/<slug:survey>/", survey.survey, name="survey"),
    path("tell-us/<slug:survey>/thanks/<str:receipt>/", survey.survey_thanks, name="survey_thanks"),
]
