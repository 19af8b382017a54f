"""A person's own page."""

from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coproduction.projects.access import is_operator
from coproduction.projects.forms.person import PersonForm
from coproduction.projects.pages import apply_or_report, apply_or_warn, form_page, site_view
from coproduction.projects.queries.person import places_of, places_of_address
from coproduction.projects.services.account import close_own_account, delete_account
from coproduction.projects.services.person import change_person

_WHAT, _CLOSE, _DELETE = "what", "close", "delete"


@site_view(may="signed-in")
def person(request: HttpRequest) -> HttpResponse:
    """Let a person say what they are called, and which language they prefer."""
    user = get_object_or_404(get_user_model(), pk=request.user.pk)
    initial = {
        "name": user.name,
        "language": user.language,
        "address_may_leave": places_of_address(user),
    }
    form = PersonForm(request.POST or None, places=places_of(user), initial=initial)
    if apply_or_report(form, lambda: change_person(user=user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("projects:person")
    return form_page(
        request,
        form,
        title=_("About you"),
        submit=_("Save"),
        template="projects/person.html",
        is_operator=is_operator(request.user),
        base="ui/base_site.html",
    )


@site_view(may="signed-in", again=True)
def leave(request: HttpRequest) -> HttpResponse:
    """Let somebody close their account, or have it deleted for good."""
    user = get_object_or_404(get_user_model(), pk=request.user.pk)
    what = request.POST.get(_WHAT)
    changes = {
        _CLOSE: (close_own_account, _("Your account is closed.")),
        _DELETE: (delete_account, _("Your account is deleted.")),
    }
    if what not in changes:
        context = {"close": {_WHAT: _CLOSE}, "delete": {_WHAT: _DELETE}}
        return render(request, "projects/leave.html", context)
    change, done = changes[what]
    if not apply_or_warn(request, lambda: change(user=user)):
        return redirect("projects:leave")
    logout(request)
    messages.success(request, done)
    return redirect("account_login")
