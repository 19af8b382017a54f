"""Finding and adding people."""

import pytest
from django.db import IntegrityError, transaction

from coproduction.projects.models import User
from coproduction.projects.services.person import find_or_add_person

pytestmark = pytest.mark.django_db


def test_a_person_is_found_whatever_the_case_of_their_address(stranger: User) -> None:
    assert find_or_add_person(email=stranger.email.upper()) == stranger
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email=stranger.email.upper()).save()
