"""A person's own page."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from coproduction.projects.forms.person import PersonForm
from coproduction.projects.pages import apply_or_report, form_page, site_view
from coproduction.projects.queries.person import places_of, places_of_address
from coproduction.projects.services.person import change_person


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
        base="ui/base_site.html",
    )
