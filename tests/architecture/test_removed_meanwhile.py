"""Every form and button about something that was removed meanwhile says so, and says no more."""

from collections import Counter
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client

from coproduction.projects.access import CAPABILITIES
from coproduction.projects.audit import recorded
from coproduction.projects.models import Organisation
from tests.architecture.walk import ADDRESSES
from tests.caches import clear_caches

pytestmark = pytest.mark.once

WORDS = "Words that took long to write"


def by_uuid(address, world) -> dict | None:
    """Return what an address takes, with something in place of what it names that is not there."""
    given = world.kwargs(address.name)
    named = [name for name in address.takes - {"project"} if isinstance(given[name], UUID)]
    return given | {named[0]: uuid4()} if named else None


def note_removal(world, key: UUID) -> None:
    """Record that something was removed, as each service does that removes one."""
    with recorded(project=world.project, by=world.coordinator) as ledger:
        ledger.record("steering.seat_removed", subject=Organisation(uuid=key))


def test_whatever_is_sent_about_it_is_answered_in_plain_words(worlds, say) -> None:
    answers, wrong = Counter(), []
    for address in ADDRESSES:
        if not address.is_team or (given := by_uuid(address, worlds.ours)) is None:
            continue
        (key,) = set(given.values()) - set(worlds.ours.kwargs(address.name).values())
        client = Client()
        user = worlds.ours.by_role[min(CAPABILITIES[address.access])]
        with transaction.atomic():
            clear_caches()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            url = address.url(given)
            never = client.post(url).status_code
            note_removal(worlds.other, key)
            foreign = client.post(url).status_code
            note_removal(worlds.ours, key)
            pressed, typed = client.post(url, follow=True), client.post(url, {"text": WORDS})
            transaction.set_rollback(True)
        if never == 405:
            continue
        told = "removed this" in pressed.text and WORDS in typed.text
        found = (never, foreign, pressed.status_code, typed.status_code)
        answers[found] += 1
        if found != (404, 404, 200, 410) or not told or not pressed.redirect_chain:
            wrong.append(f"{address.name}: {found}, {pressed.redirect_chain}")
    say(f"{sum(answers.values())} addresses asked")
    assert not wrong, "\n".join(wrong)
    assert sum(answers.values()) > 60
