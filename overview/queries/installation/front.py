"""Checks of what stands before the app: its address, its proxies, what is for trying out only."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils.translation import gettext as _

from overview.queries.installation.check import (
    Check,
    is_tried_out,
    look_at,
    right,
    wrong,
    wrong_for_others,
)


def address() -> Check:
    """Look whether people reach the site by https, and by a name that it answers to."""
    name, site = _("Address"), urlsplit(settings.SITE_URL)
    if not validate_host(site.hostname or "", settings.ALLOWED_HOSTS):
        return wrong(
            name,
            _("%(setting)s does not have the name that people ask for.")
            % {"setting": "ALLOWED_HOSTS"},
            _("Add the name that stands in %(setting)s, and start again.")
            % {"setting": "SITE_URL"},
        )
    if "*" in settings.ALLOWED_HOSTS:
        return wrong(
            name,
            _("The site answers to any name, also to one that leads elsewhere."),
            _("Write your own name into %(setting)s.") % {"setting": "ALLOWED_HOSTS"},
        )
    if site.scheme != "https":
        return wrong_for_others(
            name,
            _("People open the site without https, so others can read along."),
            _("Put a proxy before it that speaks https, and say so in %(setting)s.")
            % {"setting": "SITE_URL"},
        )
    return right(name, _("People open the site by https."))


def proxies(headers: Mapping[str, str] | None) -> Check:
    """Compare how many proxies are believed with what arrives, where a request is at hand."""
    name, believed = _("Proxy"), settings.BEHIND_PROXY
    if settings.SITE_URL.startswith("https:") and not believed:
        return wrong(
            name,
            _("The site is asked for by https, and no proxy is believed."),
            _("Set %(setting)s to how many proxies of yours stand before the app.")
            % {"setting": "BEHIND_PROXY"},
        )
    if headers is None:
        return right(
            name,
            _("Proxies believed: %(number)s. What they send is seen on the page in the browser.")
            % {"number": believed},
        )
    return _compared(name, headers)


def _compared(name: str, headers: Mapping[str, str]) -> Check:
    """Compare what a request brought with how many proxies are believed."""
    believed = settings.BEHIND_PROXY
    named = [each for each in headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    if named and not believed:
        return wrong(
            name,
            _("A proxy says who asked, and is not believed: all people count as one."),
            _("Set %(setting)s to how many proxies of yours stand before the app.")
            % {"setting": "BEHIND_PROXY"},
        )
    if len(named) < believed:
        return wrong(
            name,
            _("Proxies believed: %(number)s. Fewer said who asked: %(said)s.")
            % {"number": believed, "said": len(named)},
            _("Have each proxy add to %(header)s, or set %(setting)s to how many there are.")
            % {"header": "X-Forwarded-For", "setting": "BEHIND_PROXY"},
        )
    said = headers.get("X-Forwarded-Proto", "").split(",")[-believed:][0].strip().lower()
    if settings.SITE_URL.startswith("https:") and said != "https":
        return wrong(
            name,
            _("The proxy does not say that people came by https."),
            _("Have the first proxy set %(header)s.") % {"header": "X-Forwarded-Proto"},
        )
    if len(named) > believed:
        return look_at(
            name,
            _("Proxies believed: %(number)s. More said who asked: %(said)s.")
            % {"number": believed, "said": len(named)},
            _("If all of them are yours, set %(setting)s to how many there are.")
            % {"setting": "BEHIND_PROXY"},
        )
    return right(
        name, _("Proxies believed: %(number)s, as many as there are.") % {"number": believed}
    )


def trying_out() -> Check:
    """Look whether what is only for trying out or working on the app is off."""
    name = _("Only for trying out")
    if settings.DEBUG:
        return wrong(
            name,
            _("Whoever meets a fault is shown how the app works inside."),
            _("Take away %(setting)s, and start again.") % {"setting": "DEBUG"},
        )
    if settings.DEMO:
        do = _("Take away %(setting)s, and start again.") % {"setting": "DEMO"}
        fact = _("Anybody with the address of the demo can be any of the sample people.")
        return look_at(name, fact, do) if is_tried_out() else wrong(name, fact, do)
    return right(name, _("Nothing that is only for trying out is on."))
