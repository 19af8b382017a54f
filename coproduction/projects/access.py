"""Who may do what: the one table, role by capability."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from coproduction.compiled_queries import CompiledQuery
from coproduction.projects.models import Membership, Project, Role, User

COORDINATOR, ANALYST, FACILITATOR = Role.COORDINATOR, Role.ANALYST, Role.FACILITATOR
CHAIR, MEMBER, EDITOR, HELPER = Role.CHAIR, Role.MEMBER, Role.EDITOR, Role.HELPER

# Every capability is refused to someone; a test reads this table and walks every address with it.
CAPABILITIES: dict[str, frozenset[str]] = {
    name: frozenset(roles)
    for name, roles in {
        # The project itself
        "team.view": {COORDINATOR, ANALYST, FACILITATOR, CHAIR, EDITOR},
        "project.manage": {COORDINATOR},
        "audit.view": {COORDINATOR, CHAIR},
        "passes.manage": {COORDINATOR, CHAIR},
        "complaints.answer": {COORDINATOR},
        # To begin another project from this one's texts, drafts and settings.
        "blueprints.take": {COORDINATOR},
        # Listening
        "engagements.view": {COORDINATOR, ANALYST, FACILITATOR, EDITOR},
        "engagements.log": {COORDINATOR, FACILITATOR},
        # To type and paste what people said. A helper sees nothing but what she entered herself.
        "comments.enter": {COORDINATOR, FACILITATOR, HELPER},
        "comments.import": {COORDINATOR},
        # As a file that leaves the house: for those who answer for the words, or read them all.
        "comments.take_out": {COORDINATOR, ANALYST},
        "comments.withhold": {COORDINATOR},
        # All but a co-ordinator only what they typed or pasted themselves, for some days: see
        # Submission.
        "comments.mend": {COORDINATOR, FACILITATOR, HELPER},
        # For good: nobody can undo it.
        "comments.erase": {COORDINATOR},
        "concerns.raise": {COORDINATOR, ANALYST, FACILITATOR, EDITOR},
        "concerns.resolve": {COORDINATOR},
        # Theming
        "themes.view": {COORDINATOR, ANALYST, FACILITATOR, CHAIR, EDITOR},
        "themes.code": {ANALYST},
        "themes.codebook": {ANALYST},
        "quotes.clear": {ANALYST},
        "findings.write": {ANALYST, EDITOR},
        # Workshops
        "workshops.view": {COORDINATOR, ANALYST, FACILITATOR, CHAIR, EDITOR},
        "workshops.run": {FACILITATOR},
        "actions.write": {FACILITATOR, EDITOR},
        # Steering
        "steering.view": {COORDINATOR, FACILITATOR, CHAIR, MEMBER, EDITOR},
        "steering.convene": {COORDINATOR, CHAIR},
        "rounds.open": {CHAIR},
        "rounds.close": {CHAIR},
        "rounds.respond": {CHAIR, MEMBER},
        "rounds.record": {COORDINATOR, CHAIR},
        "decisions.record": {CHAIR},
        "commitments.record": {COORDINATOR, CHAIR},
        "steering.translate": {COORDINATOR, CHAIR, EDITOR},
        # The plan
        "plan.view": {COORDINATOR, ANALYST, FACILITATOR, CHAIR, EDITOR},
        "plan.edit": {EDITOR},
        "plan.publish": {EDITOR},
    }.items()
}

# Who hands out roles, decides or publishes signs in with a second step.
ASKED_FOR_SECOND_STEP = frozenset({COORDINATOR, CHAIR, EDITOR})


def roles_of(user: User | AnonymousUser, project: Project) -> frozenset[str]:
    """Return the roles a person has in a project; none for a stranger or the signed-out."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    rows = Membership.objects.filter(user=user, project=project).values_list("role", flat=True)
    return frozenset(rows)


def roles_anywhere(user: User | AnonymousUser) -> frozenset[str]:
    """Return the roles a person has in any project; for pages that belong to none."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    return frozenset(Membership.objects.filter(user=user).values_list("role", flat=True))


_MEMBERSHIPS = CompiledQuery(
    lambda user, slug: Membership.objects.filter(user=user, project__slug=slug).select_related(
        "project"
    )
)


def project_of(user: User | AnonymousUser, slug: str) -> tuple[Project | None, frozenset[str]]:
    """Return the project at an address and the person's roles in it; None for a stranger.

    One query, since every team page begins with it.
    """
    if not isinstance(user, User) or not user.is_active:
        return None, frozenset()
    rows = _MEMBERSHIPS.ask(user.pk, slug)
    if any(row.joined_at is None for row in rows):
        # Only now may the project know what they call themselves; an invitation tells it nothing.
        Membership.objects.filter(pk__in=[row.pk for row in rows], joined_at=None).update(
            joined_at=timezone.now()
        )
    return (rows[0].project if rows else None), frozenset(row.role for row in rows)


def projects_where(user: User | AnonymousUser, capability: str) -> QuerySet[Project]:
    """Return the projects in which a person may do something, by place; asked for when read."""
    if not isinstance(user, User) or not user.is_active:
        return Project.objects.none()
    roles = Membership.objects.filter(user=user, role__in=CAPABILITIES[capability])
    return Project.objects.filter(pk__in=roles.values("project")).order_by("place", "pk")


def allowed(roles: frozenset[str], capability: str) -> bool:
    """Say whether someone with these roles may. Raises KeyError for a capability not listed."""
    return bool(roles & CAPABILITIES[capability])


def may(request: HttpRequest, capability: str) -> bool:
    """Say whether the person of this project page may; for pages that show or hide a button."""
    return allowed(getattr(request, "roles", frozenset()), capability)


def is_operator(user: User | AnonymousUser) -> bool:
    """Say whether a person looks after the installation: whoever can set it, says who (OPERATORS).

    It is no role: what an operator sees are facts of the installation, and nothing of a project.
    """
    return isinstance(user, User) and user.is_active and user.email.lower() in settings.OPERATORS


def names_of_those_who(capability: str, project: Project) -> list[str]:
    """Return what to call the people of a project who may do something. One query."""
    rows = User.objects.filter(
        is_active=True,
        memberships__project=project,
        memberships__role__in=CAPABILITIES[capability],
        memberships__joined_at__isnull=False,
    )
    return [user.display_name for user in rows.distinct().order_by("name", "email")]
