"""Addresses for signing in, under the names that allauth asks for."""

from django.urls import path

from coproduction.projects import views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("login/", views.sign_in, name="account_request_login_code"),
    path("login/code/", views.sign_in_code, name="account_confirm_login_code"),
    path("logout/", views.sign_out, name="account_logout"),
]
