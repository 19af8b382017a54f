"""Addresses that machines ask, by names they know, in no language and of no project."""

from django.urls import path

from overview.views import for_machines, health, metrics

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("robots.txt", for_machines.robots, name="robots"),
    path(".well-known/security.txt", for_machines.security_contact, name="security_contact"),
    path("favicon.ico", for_machines.favicon, name="favicon"),
]
