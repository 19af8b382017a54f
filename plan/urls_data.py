"""Addresses of the plan's files and open data: no language, since a file has its own."""

from django.urls import path

from plan.views import data

app_name = "plan_data"
urlpatterns = [
    path("<slug:project>/plan/plan.pdf", data.plan_pdf, name="plan_pdf"),
    path("<slug:project>/plan/plan.json", data.plan_json, name="plan_json"),
    path("<slug:project>/plan/actions.csv", data.actions_csv, name="actions_csv"),
]
