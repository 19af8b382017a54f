"""Addresses of listening: engagements, what was said at them, surveys and files."""

from django.urls import URLPattern, path

from engagements.views import engagement, question, submission

app_name = "engagements"
urlpatterns: list[URLPattern] = [
    path("engagements/", engagement.engagement_list, name="engagement_list"),
    path("engagements/plan/", engagement.engagement_plan, name="engagement_plan"),
    path("engagements/questions/", question.questions, name="questions"),
    path("engagements/<uuid:uuid>/", engagement.engagement, name="engagement"),
    path("engagements/<uuid:uuid>/change/", engagement.engagement_change, name="engagement_change"),
    path("engagements/<uuid:uuid>/log/", engagement.engagement_log, name="engagement_log"),
    path("engagements/<uuid:uuid>/cancel/", engagement.engagement_cancel, name="engagement_cancel"),
    path("engagements/<uuid:uuid>/revive/", engagement.engagement_revive, name="engagement_revive"),
    path("engagements/<uuid:uuid>/type/", submission.submission_type, name="submission_type"),
    path("engagements/<uuid:uuid>/paste/", submission.submission_paste, name="submission_paste"),
    path("engagements/<uuid:uuid>/undo/", submission.submissions_undo, name="submissions_undo"),
]
