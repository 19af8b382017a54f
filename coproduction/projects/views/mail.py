"""The page of mail that demo mode keeps instead of sending."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coproduction.demo import demo_view
from coproduction.projects.kept_mail import kept_mail


@demo_view
def mail(request: HttpRequest) -> HttpResponse:
    """Show the mail that was kept instead of sent."""
    return render(request, "projects/mail.html", {"mails": kept_mail()})
