"""Addresses of theming: the team's pages, and what residents read of it."""

from django.urls import path

from themes.views import (
    bulk_coding,
    codebook,
    coding,
    comment_list,
    comments_change,
    finding,
    merging,
    quote,
    saved_view,
    taking_out,
    theme,
    what_we_heard,
)

app_name = "themes"
urlpatterns = [
    path("themes/", codebook.theme_tree, name="theme_tree"),
    path("themes/counts/", codebook.theme_counts, name="theme_counts"),
    path("themes/add/", codebook.theme_add, name="theme_add"),
    path("themes/codes/add/", codebook.code_add, name="code_add"),
    path("themes/coding/", coding.coding, name="coding"),
    path("themes/coding/undo/", coding.coding_undo, name="coding_undo"),
    path("themes/coding/worry/", coding.coding_concern, name="coding_concern"),
    # Of listening, and narrowed by codes: the first stage that knows both has the list.
    path("engagements/comments/", comment_list.comment_list, name="comment_list"),
    path("engagements/comments/filters/", comment_list.comment_filters, name="comment_filters"),
    path(
        "engagements/comments/<uuid:uuid>/<int:position>/step/<str:way>/",
        comment_list.comment_step,
        name="comment_step",
    ),
    path("engagements/comments/views/", saved_view.view_list, name="view_list"),
    path(
        "engagements/comments/views/<uuid:uuid>/remove/", saved_view.view_remove, name="view_remove"
    ),
    path("engagements/comments/change/", comments_change.comments_change, name="comments_change"),
    path("engagements/comments/code/", bulk_coding.comments_code, name="comments_code"),
    path("themes/together/", bulk_coding.bulk_coding_list, name="bulk_coding_list"),
    path("themes/together/<uuid:uuid>/", bulk_coding.bulk_coding, name="bulk_coding"),
    path(
        "themes/together/<uuid:uuid>/undo/", bulk_coding.bulk_coding_undo, name="bulk_coding_undo"
    ),
    path("themes/comments/take-out/", taking_out.comments_take_out, name="comments_take_out"),
    path("themes/<uuid:uuid>/", theme.theme, name="theme"),
    path("themes/<uuid:uuid>/change/", codebook.theme_change, name="theme_change"),
    path("themes/<uuid:uuid>/move/", codebook.code_move, name="code_move"),
    path("themes/<uuid:uuid>/shift/", codebook.theme_shift, name="theme_shift"),
    path("themes/<uuid:uuid>/remove/", codebook.theme_remove, name="theme_remove"),
    path("themes/<uuid:uuid>/merge/", merging.theme_merge, name="theme_merge"),
    path("themes/<uuid:uuid>/unmerge/", merging.theme_unmerge, name="theme_unmerge"),
    path("themes/<uuid:uuid>/code/", theme.comment_code, name="comment_code"),
    path("themes/<uuid:uuid>/uncode/", theme.comment_uncode, name="comment_uncode"),
    path("themes/<uuid:uuid>/quotes/choose/", quote.quote_choose, name="quote_choose"),
    path("themes/<uuid:uuid>/finding/", finding.finding_write, name="finding_write"),
    path(
        "themes/<uuid:uuid>/finding/take-down/", finding.finding_take_down, name="finding_take_down"
    ),
    path(
        "themes/comments/<uuid:uuid>/<int:position>/quotes/",
        quote.comment_quotes,
        name="comment_quotes",
    ),
    path("themes/quotes/<uuid:uuid>/change/", quote.quote_change, name="quote_change"),
    path("themes/quotes/<uuid:uuid>/clear/", quote.quote_clear, name="quote_clear"),
    path("themes/quotes/<uuid:uuid>/shift/", quote.quote_shift, name="quote_shift"),
    path("what-we-heard/", what_we_heard.what_we_heard, name="what_we_heard"),
    path(
        "what-we-heard/engagements/",
        what_we_heard.what_we_heard_engagements,
        name="what_we_heard_engagements",
    ),
    path(
        "what-we-heard/themes/<uuid:uuid>/",
        what_we_heard.what_we_heard_theme,
        name="what_we_heard_theme",
    ),
]
