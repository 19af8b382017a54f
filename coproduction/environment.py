"""Reading what the environment says: yes or no, a number, and what is secret."""

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def data_dir() -> Path:
    """Return the folder of everything the app makes."""
    return Path(os.environ.get("DATA_DIR", Path(__file__).resolve().parent.parent / "var"))


def flag(name: str) -> bool:
    """Read a variable as yes or no."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def count(name: str) -> int:
    """Read a variable as a number; yes is one, and no is none. Raises ImproperlyConfigured."""
    given = os.environ.get(name, "").lower()
    if given.isdecimal():
        return int(given)
    if given and not flag(name) and given not in {"false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} is a number, 0 or more, and not {given!r}.")
    return int(flag(name))


def one_of(name: str, choices: Sequence[str], default: str) -> int:
    """Read a variable as one of some words; return its place. Raises ImproperlyConfigured."""
    given = os.environ.get(name, "").lower() or default
    if given not in choices:
        raise ImproperlyConfigured(f"{name} is one of {', '.join(choices)}, and not {given!r}.")
    return choices.index(given)


# What may stand in a file. Who can read those is looked at: see overview/queries/installation.
SECRETS = frozenset(
    (
        *("SECRET_KEY", "DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL"),
        *("METRICS_TOKEN", "BACKUP_PASSPHRASE", "OIDC_CLIENT_SECRET"),
    )
)
# Whom a backup is for is no secret: who has it can only lock.
_MAY_STAND_IN_FILES = SECRETS | {"BACKUP_RECIPIENT"}


def secret(name: str, default: str = "") -> str:
    """Read what may be secret: from the variable, or from the file that ``NAME_FILE`` names.

    Raises ValueError where both are there: one would be forgotten, and thought to be in force.
    Raises KeyError for a name that is not known here: nobody would look who can read its file.
    """
    if name not in _MAY_STAND_IN_FILES:
        raise KeyError(name)
    given, file = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if given and file:
        raise ValueError(f"Set {name} or {name}_FILE, not both.")
    return (Path(file).read_text().strip() if file else given) or default


def kept_secret(path: Path, size: int) -> str:
    """Return a secret that is made once and kept in a file, readable by its owner only."""
    if not path.exists():
        # Written to another file, then linked: two processes starting at once must agree on one,
        # and neither may read it half written.
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
        ) as file:
            file.write(secrets.token_urlsafe(size))
        with suppress(FileExistsError):
            os.link(temporary, path)
        temporary.unlink()
    return path.read_text().strip()
