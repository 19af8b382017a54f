"""Addresses of the plan's files and open data: no language, since a file has its own."""

from django.urls import path

from plan.views import data

app_name = "plan_data"
urlpatterns = [
    path("plan.pdf", data.plan_pdf, name="plan_pdf"),
    path("plan.json", data.plan_json, name="plan_json"),
    path("actions.csv", data.actions_csv, name="actions_csv"),
]
