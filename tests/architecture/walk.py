"""Every address of the URLconf, flattened: its name, what it takes and who may."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from coproduction.projects.access import CAPABILITIES

OPEN_TO = frozenset({"public", "anyone", "signed-in", "demo", "pass", "operator", "token"})


@dataclass(frozen=True)
class Address:
    """One address, as the URLconf declares it."""

    name: str
    route: str
    takes: frozenset[str]
    callback: Callable[..., Any]
    access: str | None
    in_languages: bool

    @property
    def is_team(self) -> bool:
        """Whether only members of a project may open it."""
        return self.access in CAPABILITIES and "project" in self.takes

    @property
    def names_an_object(self) -> bool:
        """Whether it takes more than the project's slug, and so needs an example."""
        return bool(self.takes - {"project"})

    def url(self, kwargs: dict[str, Any], language: str = "en") -> str:
        """Return a real address of it. Fails when ``kwargs`` lacks what it takes."""
        missing = self.takes - kwargs.keys()
        assert not missing, (
            f"{self.name} takes {sorted(missing)}: add an example in tests/<app>/examples.py"
        )
        with translation.override(language):
            return reverse(self.name, kwargs={key: kwargs[key] for key in self.takes})


def _takes(pattern: URLPattern | URLResolver) -> frozenset[str]:
    """Return the names that one pattern takes from the address."""
    converters = getattr(pattern.pattern, "converters", None)
    if converters:
        return frozenset(converters)
    return frozenset(getattr(pattern.pattern, "regex", None).groupindex)


def walk(
    patterns: Iterable[URLPattern | URLResolver] | None = None,
    *,
    namespace: str = "",
    route: str = "",
    takes: frozenset[str] = frozenset(),
    in_languages: bool = False,
) -> Iterator[Address]:
    """Yield every address below ``patterns``, by default the whole URLconf's."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            prefixed = isinstance(pattern.pattern, LocalePrefixPattern)
            yield from walk(
                pattern.url_patterns,
                namespace=namespace + (f"{pattern.namespace}:" if pattern.namespace else ""),
                route=route + ("" if prefixed else str(pattern.pattern)),
                takes=takes | _takes(pattern),
                in_languages=in_languages or prefixed,
            )
        else:
            yield Address(
                name=f"{namespace}{pattern.name or ''}",
                route=route + str(pattern.pattern),
                takes=takes | _takes(pattern),
                callback=pattern.callback,
                access=getattr(pattern.callback, "access", None),
                in_languages=in_languages,
            )


ADDRESSES = tuple(walk())
