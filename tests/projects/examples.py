"""One of each object of projects, and what its addresses take."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from coproduction.projects.models import Letter, PassScope, User
from coproduction.projects.services.complaint import make_complaint
from coproduction.projects.services.letter import Draft, write_letters
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.organisation import add_organisation
from coproduction.projects.services.passes import give_pass
from tests.cast import make_person

DEMO_KEY = "the-key-of-an-example"


def make(world: Any) -> dict[str, dict[str, Any]]:
    """Make one of each through the services; return {URL name: what it takes}."""
    world.things["membership"] = add_member(
        project=world.project,
        user=make_person("newcomer", world.key),
        role="analyst",
        by=world.coordinator,
    )
    world.things["organisation"] = add_organisation(
        project=world.project,
        name={"en": f"{world.project.place} Youth Trust", "cy": f"Ieuenctid {world.project.place}"},
        sector="charity",
        by=world.coordinator,
    )
    (world.things["letter"],) = write_letters(
        project=world.project,
        kind="invitation",
        drafts=[Draft(f"away@{world.key}.example", "You are invited", "Please come.", "en")],
    )
    Letter.objects.filter(pk=world.things["letter"].pk).update(state="refused", smtp_code=550)
    given = give_pass(
        project=world.project,
        scope=PassScope.ANSWER,
        subject=uuid4(),
        holder=f"Nia {world.key}",
        ends_at=timezone.now() + timedelta(days=7),
        by=world.coordinator,
    )
    complaint = make_complaint(
        project=world.project,
        name=f"Nia {world.key}",
        email=f"nia@{world.key}.example",
        text="You kept my name.",
        language="en",
    )
    elsewhere = add_member(
        project=world.project,
        user=make_person("elsewhere", world.key),
        role="analyst",
        by=world.coordinator,
    )
    User.objects.filter(pk=elsewhere.user_id).update(
        email=f"{elsewhere.user.uuid}@people.invalid", is_active=False, came_along=True
    )
    return {
        "projects:complaint_answer": {"uuid": complaint.uuid},
        "projects:complaint_acknowledge": {"uuid": complaint.uuid},
        "projects:letter_again": {"uuid": world.things["letter"].uuid},
        "projects:letter_leave": {"uuid": world.things["letter"].uuid},
        "projects:pass_revoke": {"uuid": given.record.uuid},
        "projects:member_remove": {"uuid": world.things["membership"].uuid},
        "projects:member_sign_out": {"uuid": world.things["membership"].uuid},
        "projects:member_close": {"uuid": world.things["membership"].uuid},
        "projects:member_reopen": {"uuid": world.things["membership"].uuid},
        "projects:member_invite": {"uuid": world.things["membership"].uuid},
        "projects:member_from_elsewhere": {"uuid": elsewhere.uuid},
        "projects:organisation_change": {"uuid": world.things["organisation"].uuid},
        "openid_connect_login": {"provider_id": "sso"},
        "openid_connect_callback": {"provider_id": "sso"},
        "projects:demo_open": {"key": DEMO_KEY},
        "projects:demo_sign_in": {"uuid": world.coordinator.uuid},
    }
