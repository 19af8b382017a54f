"""How long a project keeps what it needs for a while only."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from coproduction.projects.models import AuditEntry, Project, Retention, User
from coproduction.projects.models.retention import PERIODS, months_before
from coproduction.projects.services.retention import set_periods

pytestmark = pytest.mark.django_db

GIVEN = {"originals": 24, "imports": 12, "attendees": 12, "concerns": 24, "letters": 3, "jobs": 3}


def test_a_project_begins_with_periods_and_sets_its_own(
    project: Project, coordinator: User
) -> None:
    assert Retention.objects.in_force(project).months == GIVEN
    assert tuple(GIVEN) == PERIODS
    months = {**GIVEN, "imports": 6}
    set_periods(project=project, small_number=20, by=coordinator, **months)
    set_periods(project=project, small_number=20, by=coordinator, **months | {"jobs": 1})
    assert Retention.objects.in_force(project).months == {**months, "jobs": 1}
    assert Project.objects.get(pk=project.pk).small_number == 20
    entry = AuditEntry.objects.filter(project=project, verb="projects.periods_set").last()
    assert entry.was == {"small_number": 20, **months}
    assert entry.now["jobs"] == 1


@pytest.mark.parametrize("months", [0, 241])
def test_a_period_is_between_a_month_and_twenty_years(
    project: Project, coordinator: User, months: int
) -> None:
    with pytest.raises(ValidationError):
        set_periods(project=project, small_number=10, by=coordinator, **GIVEN | {"imports": months})
    assert not Retention.objects.exists()


def test_the_database_takes_no_period_of_nothing(project: Project) -> None:
    with pytest.raises(IntegrityError, match="retention_a_month_at_least"), transaction.atomic():
        Retention.objects.create(project=project, jobs=0)


@pytest.mark.once
def test_months_before_a_day_end_with_the_month() -> None:
    assert months_before(date(2026, 11, 29), 12) == date(2025, 11, 29)
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)
    assert months_before(date(2026, 5, 31), 1) == date(2026, 4, 30)
