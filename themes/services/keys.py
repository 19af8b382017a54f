"""Which key of the coding screen belongs to which code: dealt once, changed by a person alone."""

from django.utils.translation import gettext_lazy as _

from coproduction.projects.audit import Ledger
from coproduction.projects.models import Project
from coproduction.projects.refusals import Refusal
from themes.models import KEYS, Theme


class NoSuchKey(Refusal):
    """Some keys do something else on the coding screen."""

    sentence = _("Choose a key from the list.")


def free_key(project: Project) -> str:
    """Return a key for a new code: one that none ever had, if there is one; else empty.

    A key of a code that was merged comes last: somebody's fingers know what it meant.
    """
    had = Theme.objects.of(project).exclude(key="").values_list("key", "merged_into")
    taken = {key for key, merged in had if merged is None}
    merged = {key for key, merged in had if merged is not None}
    left = [key for key in KEYS if key not in taken]
    return next((key for key in left if key not in merged), left[0] if left else "")


def swap_key(*, code: Theme, key: str, ledger: Ledger) -> Theme | None:
    """Free a key for a code, which has it once it is saved; return the code that had it.

    That one is given the other's, so that none is left without. Part of the caller's change. Raises
    NoSuchKey.
    """
    if key and key not in KEYS:
        raise NoSuchKey
    current = Theme.objects.of(code.project).current().exclude(pk=code.pk)
    other: Theme | None = current.filter(key=key).first() if key else None
    if other is None:
        return None
    ledger.refresh(other)
    # Two can't have one key, not even for a moment.
    Theme.objects.filter(pk=code.pk).update(key="")
    other.key = code.key
    code.key = ""
    other.save(update_fields=["key"])
    return other


def key_after_merge(code: Theme) -> str:
    """Return the key of a code that stands for itself again: its own, unless another has it."""
    others = Theme.objects.of(code.project).current().exclude(pk=code.pk)
    is_taken = bool(code.key) and others.filter(key=code.key).exists()
    return free_key(code.project) if is_taken else code.key
