"""Where a person works, and what they chose for each place."""

from coproduction.projects.models import Membership, User


def places_of(user: User) -> list[tuple[str, str]]:
    """Return the places where somebody works, each with its project's uuid."""
    rows = Membership.objects.filter(user=user).order_by("project__place", "project")
    found = rows.values_list("project__uuid", "project__place")
    return list(dict.fromkeys((str(uuid), place) for uuid, place in found))


def places_of_address(user: User) -> list[str]:
    """Return the projects with which somebody's address may go along, by their uuid."""
    rows = Membership.objects.filter(user=user, address_may_leave=True)
    found = rows.order_by("project__place", "project").values_list("project__uuid", flat=True)
    return list(dict.fromkeys(map(str, found)))
