"""What every page does: say who may open it, where it leads, and why a change was refused."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode

from coproduction.projects.access import (
    ASKED_FOR_SECOND_STEP,
    CAPABILITIES,
    allowed,
    is_operator,
    project_of,
    roles_anywhere,
)
from coproduction.projects.arrival import received_at
from coproduction.projects.models import Pass, Project, User
from coproduction.projects.rate_limit import over_limit
from coproduction.projects.refusals import DATABASE_ERRORS, NotNow, Refusal, is_away
from coproduction.projects.removed import answer_removed
from coproduction.projects.second_step import is_overdue, took_it_lately, took_second_step
from coproduction.projects.seen import ChangedMeanwhile, MadeAlready
from coproduction.projects.unsent import GO_ON, forget_unsent, keep_unsent

logger = logging.getLogger(__name__)
# Whoever looks after the installation sees here who asks for what is not theirs.
refused_logger = logging.getLogger("coproduction.refused")

Changed = TypeVar("Changed")
# By this a page knows a refusal from what was merely typed wrongly.
_REFUSED = "refused"
_NOT_NOW = "not now"
View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request on a page that only people signed in can open."""

    user: User


class TeamRequest(SignedInRequest):
    """A request on a team page: the person is signed in, and their roles are known."""

    project: Project
    roles: frozenset[str]


def project_view(*, may: str, again: bool = False) -> Callable[[View], View]:
    """Open a team page to members whose role has the capability ``may``.

    The view is called ``(request, project, **kwargs)``. Someone signed out is sent to sign in
    whether or not the project exists; an outsider gets 404; a member without the role gets 403.
    Whose role asks for a second step, and who has let the time for it go by, sets one up first.
    ``again`` asks for the second step once more, of whoever has one and did not just take it: for
    what can't be undone. What they were sending comes back after it.
    What the view does not find and the trail says was removed is answered in plain words.
    """
    roles_that_may = CAPABILITIES[may]

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *, project: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            found, roles = project_of(request.user, project)
            if found is None:
                _log_refused(request, "not on the team")
                raise Http404
            if not roles & roles_that_may:
                _log_refused(request, "role may not")
                raise PermissionDenied
            if roles & ASKED_FOR_SECOND_STEP and is_overdue(request):
                return _first_at(request, reverse("mfa_index"))
            if again and _is_to_be_asked(request):
                return _first_at(request, reverse("mfa_reauthenticate"))
            _begin_page(request)
            team_request = cast(TeamRequest, request)
            team_request.project, team_request.roles = found, roles
            try:
                return view(team_request, found, **kwargs)
            except Http404:
                answer = answer_removed(team_request, found, roles, kwargs)
                if answer is None:
                    _log_refused(request, "not in the project")
                    raise
                return answer

        guarded.access = may  # type: ignore[attr-defined]
        return guarded

    return decorate


def public_view() -> Callable[[View], View]:
    """Open a project page to everyone. The view is called ``(request, project, **kwargs)``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *, project: str, **kwargs: Any) -> HttpResponseBase:
            found = get_object_or_404(Project, slug=project)
            request.project = found  # type: ignore[attr-defined]
            return view(request, found, **kwargs)

        opened.access = "public"  # type: ignore[attr-defined]
        return opened

    return decorate


# Nobody mistypes an address so often; whoever guesses is told to wait.
WRONG_PASSES_IN_TEN_MINUTES = 20


def pass_view(*, scope: str) -> Callable[[View], View]:
    """Open a page to whoever has a pass for it: its address ends in the pass's own ``token``.

    The view is called ``(request, project, given, token, **kwargs)``, with the pass it was opened
    by.
    One that is unknown, another page's or another project's, ended or taken back gets one page
    that says whom to ask.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, *, project: str, token: str, **kwargs: Any
        ) -> HttpResponseBase:
            found = get_object_or_404(Project, slug=project)
            request.project = found  # type: ignore[attr-defined]
            rows = Pass.objects.of(found).with_token(token).filter(scope=scope)
            given = rows.in_force_at(received_at(request)).select_related("project").first()
            if given is not None:
                response = view(request, found, given, token=token, **kwargs)
            else:
                over = over_limit(request, "pass", WRONG_PASSES_IN_TEN_MINUTES)
                context = {"project": found, "wait": over}
                status = 429 if over else 404
                response = render(request, "projects/pass_over.html", context, status=status)
            add_never_cache_headers(response)
            # The address opens it: no search engine and no other site is to learn of it.
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response.headers["Referrer-Policy"] = "no-referrer"
            return response

        guarded.access = "pass"  # type: ignore[attr-defined]
        guarded.scope = scope  # type: ignore[attr-defined]
        return guarded

    return decorate


def site_view(*, may: str, again: bool = False) -> Callable[[View], View]:
    """Open a page that belongs to no project.

    To "anyone", to the "signed-in", or to those who have the capability ``may`` in any project:
    then someone signed in without it gets 403. To an "operator" alone, and 404 to everybody else
    who is signed in. ``again`` is as for ``project_view``. Raises ValueError for another word.
    """
    if may not in {"anyone", "signed-in", "operator"} | CAPABILITIES.keys():
        raise ValueError(may)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if may != "anyone" and not request.user.is_authenticated:
                return _sign_in_first(request)
            if may == "operator" and not is_operator(request.user):
                _log_refused(request, "no operator")
                raise Http404
            if may in CAPABILITIES and not allowed(roles_anywhere(request.user), may):
                _log_refused(request, "role may not")
                raise PermissionDenied
            if may == "anyone":
                return view(request, **kwargs)
            if again and _is_to_be_asked(request):
                return _first_at(request, reverse("mfa_reauthenticate"))
            _begin_page(request)
            return view(request, **kwargs)

        guarded.access = may  # type: ignore[attr-defined]
        return guarded

    return decorate


def token_view(*, setting: str) -> Callable[[View], View]:
    """Open an address to a machine that brings the token in this setting; 404 to all others."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            token = str(getattr(settings, setting))
            brought = request.headers.get("Authorization", "")
            if not token or not constant_time_compare(brought, f"Bearer {token}"):
                raise Http404
            return view(request, **kwargs)

        guarded.access = "token"  # type: ignore[attr-defined]
        return guarded

    return decorate


def _log_refused(request: HttpRequest, why: str) -> None:
    """Tell the log of somebody signed in who was refused a page: no name, address or word.

    The page is named, not quoted: what is typed into an address is whatever somebody typed.
    """
    page = request.resolver_match.view_name if request.resolver_match else "unknown"
    refused_logger.warning("person %s, %s %s: %s", request.user.pk, request.method, page, why)


def _begin_page(request: HttpRequest) -> None:
    """Have the forms of a page say whose it is; forget what came back and is on it from here on."""
    request.names_writer = True  # type: ignore[attr-defined]
    if GO_ON in request.POST:
        forget_unsent(request, request.POST[GO_ON])


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """Send somebody to sign in, and then back; what they were sending comes back to them."""
    return _first_at(request, reverse("account_login"))


def _is_to_be_asked(request: HttpRequest) -> bool:
    """Say whether somebody has a second step, and is to take it again before what they ask for."""
    return took_second_step(request) and not took_it_lately(request)


def _first_at(request: HttpRequest, page: str) -> HttpResponseBase:
    """Send somebody to a page, and then back; what they were sending comes back to them."""
    if request.headers.get("HX-Request"):
        # A part of a page can't sign anybody in: the whole page goes there.
        there = redirect_to_login(_page_at(request.headers.get("HX-Current-URL", "")), page)
        return HttpResponse(headers={"HX-Redirect": there.url})
    was_out = not request.user.is_authenticated
    if request.method == "POST" and keep_unsent(request, signed_out=was_out):
        return redirect_to_login(reverse("projects:unsent"), page)
    before = request.headers.get("Referer", "")
    if request.method == "POST" and urlsplit(before).netloc == request.get_host():
        # A button's own address may have no page to come back to.
        return redirect_to_login(_page_at(before), page)
    return redirect_to_login(request.get_full_path(), page)


def _page_at(address: str) -> str:
    """Return an address as one on this site."""
    page = urlsplit(address)
    return urlunsplit(("", "", f"/{page.path.lstrip('/')}", page.query, ""))


def url_for(project: Project, name: str, *, query: Any = None, **kwargs: Any) -> str:
    """Return the address of a project's page: ``url_for(project, "themes:theme", uuid=...)``.

    ``query`` is what follows the question mark, where something does. Raises NoReverseMatch.
    """
    url = reverse(name, kwargs={"project": project.slug, **kwargs})
    return f"{url}?{urlencode(query, doseq=True)}" if query else url


def redirect_to(
    project: Project, name: str, *, query: Any = None, place: str = "", **kwargs: Any
) -> HttpResponseRedirect:
    """Send the reader to a project's page, named as for ``url_for``.

    ``place`` is the id of what was changed, where the page is long: the browser goes to it, and
    focuses it if it takes focus, without scripts.
    """
    url = url_for(project, name, query=query, **kwargs)
    return HttpResponseRedirect(f"{url}#{place}" if place else url)


def apply_or_report(
    form: BaseForm, change: Callable[[], Changed], *, field: str | None = None
) -> Changed | None:
    """Make the change a valid form asks for and return what it gave; None when it was not made.

    What the service refuses is said on the form, at ``field`` where one is named. What two people
    changed is shown side by side. What came back after signing in again is shown, not yet sent.
    While what the change needs is away, the form says so, with what was typed.
    """
    if GO_ON in form.data or not form.is_valid():
        return None
    try:
        return change()
    except (ChangedMeanwhile, MadeAlready) as refusal:
        form.add_error(None, ValidationError(str(refusal), code=_REFUSED))
        _go_on_from(form, refusal)
    except NotNow as refusal:
        form.add_error(field, ValidationError(str(refusal), code=_NOT_NOW))
    except DATABASE_ERRORS as problem:
        form.add_error(None, ValidationError(_sentence_of(problem), code=_NOT_NOW))
    except Refusal as refusal:
        form.add_error(field, ValidationError(str(refusal), code=_REFUSED))
    except ValidationError as fault:
        # What the form let pass and the record does not: its words, without a field's name.
        form.add_error(field, fault.messages)
    return None


def _sentence_of(problem: Exception) -> str:
    """Return what to say while the database is away. Raises again what says something else."""
    if not is_away(problem):
        raise problem
    logger.warning("The database did not take a change: %s.", type(problem).__name__)
    return str(NotNow.sentence)


def _go_on_from(form: BaseForm, refusal: Refusal) -> None:
    """Let a form that came too late be sent again, by somebody who knows now what is there."""
    if isinstance(refusal, ChangedMeanwhile) and hasattr(form, "show_clash"):
        form.show_clash(refusal)
    if isinstance(refusal, MadeAlready) and hasattr(form, "begin_another"):
        form.begin_another()


def apply_or_warn(
    request: HttpRequest, change: Callable[[], object], *, done: str = "", place: str = ""
) -> bool:
    """Make the change that a button asks for; say ``done``, or why it was refused, at the top.

    ``done`` is said at ``place`` too, the id to which ``redirect_to`` brings the reader back.
    Return whether it was made.
    """
    try:
        change()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    except DATABASE_ERRORS as problem:
        messages.error(request, _sentence_of(problem))
        return False
    if done:
        messages.success(request, done, extra_tags=place)
    return True


def number_sent(request: HttpRequest, name: str) -> int | None:
    """Return what a page with a button showed, such as a row's version; None where it says none."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isdecimal() and sent.isascii() and len(sent) < 19 else None


def status_of(form: BaseForm) -> int:
    """Return the HTTP status of a page with this form: 409 when the change was refused.

    503 when it may be sent again later.
    """
    if any(form.has_error(name, code=_NOT_NOW) for name in form.errors):
        return 503
    refused = any(form.has_error(name, code=_REFUSED) for name in form.errors)
    return 409 if refused or form.non_field_errors() else 200


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    submit: str,
    template: str = "ui/form_page.html",
    **more: Any,
) -> HttpResponse:
    """Answer with a page that is a heading and a form; ``submit`` says what its button does.

    ``more`` is what else templates/ui/form_page.html knows, such as crumbs, cancel_url and lead,
    and what a ``template`` of the page's own, which extends it, needs.
    """
    context = {"form": form, "title": title, "submit": submit, **more}
    return render(request, template, context, status=status_of(form))
