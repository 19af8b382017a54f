"""Every address: the stages' own urls modules, with and without a language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

handler500 = "coproduction.projects.views.not_now.went_wrong"

pages: list[URLPattern | URLResolver] = [
    # The plan is what is read most, so it is looked for first.
    path("<slug:project>/", include("plan.urls")),
    path("", include("coproduction.ui.urls")),
    path("accounts/", include("coproduction.projects.urls_sign_in")),
    path("", include("coproduction.projects.urls")),
    path("", include("overview.urls")),
    path("<slug:project>/", include("engagements.urls")),
    path("<slug:project>/", include("themes.urls")),
    path("<slug:project>/", include("workshops.urls")),
    path("<slug:project>/", include("steering.urls")),
]

urlpatterns = [
    path("", include("overview.urls_health")),
    path("<slug:project>/plan/", include("plan.urls_data")),
    path("<slug:project>/", include("coproduction.projects.urls_data")),
    *i18n_patterns(*pages, prefix_default_language=False),
]
