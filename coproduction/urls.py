"""Every address: the stages' own urls modules, with and without a language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from coproduction.overview import health

pages: list[URLPattern | URLResolver] = [
    path("", include("coproduction.ui.urls")),
    path("accounts/", include("coproduction.projects.sign_in_urls")),
    path("", include("coproduction.projects.urls")),
    path("", include("coproduction.overview.urls")),
    path("<slug:project>/", include("themes.urls")),
    path("<slug:project>/", include("workshops.urls")),
    path("<slug:project>/", include("steering.urls")),
    path("<slug:project>/", include("plan.urls")),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("<slug:project>/plan/", include("plan.urls_data")),
    *i18n_patterns(*pages, prefix_default_language=False),
]
