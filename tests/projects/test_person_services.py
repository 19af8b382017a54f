"""Finding and adding people."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from coproduction.projects.models import Membership, Project, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.person import change_person, find_or_add_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "POST@BÜCHER.EXAMPLE",
        "post@bu\u0308cher.example\u200b",
        "post@xn--bcher-kva.example",
        "\ufeffPost@Bücher.Example \r\n",
    ],
)
def test_a_person_is_one_however_their_address_is_written(typed: str) -> None:
    person = find_or_add_person(email="post@bücher.example")
    assert find_or_add_person(email=typed) == person
    assert User.objects.get_by_natural_key(typed) == person
    assert User.objects.count() == 1


def test_what_is_no_address_is_nobodys() -> None:
    with pytest.raises(ValidationError):
        find_or_add_person(email="nobody")
    assert not User.objects.exists()


def test_a_person_is_found_whatever_the_case_of_their_address(stranger: User) -> None:
    assert find_or_add_person(email=stranger.email.upper()) == stranger
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email=stranger.email.upper()).save()


def test_whether_their_address_goes_along_is_their_own_choice_for_each_project(
    analyst: User, project: Project, other_project: Project, other_coordinator: User
) -> None:
    add_member(project=other_project, user=analyst, role="member", by=other_coordinator)
    theirs = Membership.objects.filter(user=analyst)
    assert not theirs.filter(address_may_leave=True).exists()
    said = {"user": analyst, "name": "Anwen", "language": "cy"}
    change_person(**said, address_may_leave=[str(other_project.uuid)])
    assert [each.project for each in theirs.filter(address_may_leave=True)] == [other_project]
    change_person(**said)
    assert theirs.filter(address_may_leave=True).count() == 1
    change_person(**said, address_may_leave=[])
    assert not theirs.filter(address_may_leave=True).exists()
    assert not Membership.objects.exclude(user=analyst).filter(address_may_leave=True).exists()
