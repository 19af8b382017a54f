"""A whole project with one object of each kind, so that every address can be opened.

Each app has ``tests/<app>/examples.py`` with ``make(world)``: it makes one of each of the app's
objects through the services, leaves in ``world.things`` what later stages cite, and returns what
the app's addresses take besides the project's slug. ``CONTRIBUTING.md`` says more.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast, make_cast
from tests.engagements import examples as engagements
from tests.jobs import examples as jobs
from tests.overview import examples as overview
from tests.plan import examples as plan
from tests.projects import examples as projects
from tests.steering import examples as steering
from tests.themes import examples as themes
from tests.workshops import examples as workshops

# Earlier stages first: a later one cites their objects.
STAGES = (projects, jobs, engagements, themes, workshops, steering, plan, overview)


@dataclass
class World(Cast):
    """One project with its people, its objects by name, and what each address takes."""

    things: dict[str, Any] = field(default_factory=dict)
    takes: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A word of this world's own, to put in slugs and titles: two worlds share nothing."""
        return self.project.slug

    def kwargs(self, name: str) -> dict[str, Any]:
        """Return everything that the address ``name`` takes."""
        return {"project": self.project.slug, **self.takes.get(name, {})}


def make_world(slug: str, place: str, **options: Any) -> World:
    """Make a project, its people, and one of everything. ``options`` are those of ``make_cast``."""
    cast = make_cast(slug, place, **options)
    world = World(project=cast.project, **cast.by_role)
    for stage in STAGES:
        made = stage.make(world)
        twice = made.keys() & world.takes.keys()
        assert not twice, f"two examples for {sorted(twice)}"
        world.takes |= made
    return world
