"""Compiling the translated messages, which are kept as .po files and read as .mo files."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_catalogues() -> int:
    """Compile every .po file whose .mo file is missing or older; return how many there were."""
    compiled = 0
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            language = source.parent.parent.name
            with source.open("rb") as file:
                catalogue = read_po(file, locale=language, domain=source.stem)
            # To another file first: a process that starts meanwhile never reads a half.
            temporary = target.with_suffix(f".mo.{os.getpid()}")
            with temporary.open("wb") as file:
                write_mo(file, catalogue)
            temporary.replace(target)
            compiled += 1
    return compiled
