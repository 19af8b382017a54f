"""Stylesheets as they are served: one file where the source is several that it imports."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
_ADDRESS = re.compile(r'url\("(?!data:|#|/)([^"]+)"\)')

# Names of source files, each with the storage and the path that it is collected from.
Sources = dict[str, tuple[StaticFilesStorage, str]]


class OneFileStorage(CompressedManifestStaticFilesStorage):
    """Puts what a stylesheet imports into it, then names and compresses every file.

    A browser asks for an imported sheet only once it has read the one that imports it. While
    developing, where nothing is collected, it does just that, and sees the same rules.
    """

    def post_process(
        self, paths: Sources, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Write each importing stylesheet whole, as collected; then do what Django does."""
        whole: Sources = {}
        for name in [] if dry_run else paths:
            if name.endswith(".css") and _IMPORT.search(_source(paths, name)):
                with open(self.path(name), "w", encoding="utf-8") as file:
                    file.write(_whole(paths, name))
                whole[name] = (self, name)
        yield from super().post_process(paths | whole, dry_run, **options)


def _source(paths: Sources, name: str) -> str:
    """Return a stylesheet as it was written. Raises KeyError where there is none of the name.

    Never as collected: what is there may be whole already, from before one of its parts changed.
    """
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()


def _whole(paths: Sources, name: str) -> str:
    """Return a stylesheet with each it imports in the import's place, to any depth."""
    folder = posixpath.dirname(name)

    def imported(found: re.Match[str]) -> str:
        part = posixpath.normpath(posixpath.join(folder, found[1]))
        part_folder = posixpath.dirname(part)

        def seen_from_here(address: re.Match[str]) -> str:
            there = posixpath.normpath(posixpath.join(part_folder, address[1]))
            return f'url("{posixpath.relpath(there, folder)}")'

        return _ADDRESS.sub(seen_from_here, _whole(paths, part))

    return _IMPORT.sub(imported, _source(paths, name))
