"""What a browser says it is, in two words: enough for somebody to know her own again."""

from django.utils.translation import gettext as _

# The first that is named counts: most browsers also name those they descend from.
_BROWSERS = (
    *(("EdgA", "Edge"), ("EdgiOS", "Edge"), ("Edg/", "Edge"), ("OPR/", "Opera")),
    *(("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox")),
    *(("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS")),
    *(("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux")),
)


def device_of(user_agent: str) -> tuple[str, str]:
    """Return the names of the browser and of what it runs on; empty for one not known here.

    Nothing else is kept: all of what a browser says would tell one person's from another's.
    """
    return _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    """Return the name whose sign comes first in the list."""
    return next((name for sign, name in known if sign in user_agent), "")


def say_device(browser: str, system: str) -> str:
    """Return what to call a device on a page."""
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser that we don't know")
