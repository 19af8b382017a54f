"""Addresses of listening: engagements, what was said at them, and what is withheld of it."""

from django.urls import URLPattern, path

from engagements.views import comment, concern

app_name = "engagements"
_COMMENT = "engagements/comments/<uuid:uuid>/<int:position>/"
urlpatterns: list[URLPattern] = [
    path("engagements/comments/", comment.comment_list, name="comment_list"),
    path(_COMMENT, comment.comment, name="comment"),
    path(f"{_COMMENT}withdraw/", comment.comment_withdraw, name="comment_withdraw"),
    path(f"{_COMMENT}restore/", comment.comment_restore, name="comment_restore"),
    path(f"{_COMMENT}redact/", comment.comment_redact, name="comment_redact"),
    path(f"{_COMMENT}unredact/", comment.comment_unredact, name="comment_unredact"),
    path(f"{_COMMENT}worry/", comment.concern_raise, name="concern_raise"),
    path("engagements/concerns/", concern.concern_list, name="concern_list"),
    path(
        "engagements/concerns/<uuid:uuid>/<int:position>/resolve/",
        concern.concern_resolve,
        name="concern_resolve",
    ),
]
