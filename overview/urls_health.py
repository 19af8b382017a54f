"""Addresses that a watchdog or a load balancer asks, in no language and of no project."""

from django.urls import path

from overview.views import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
