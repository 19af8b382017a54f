"""What is always true of a membership."""

import pytest
from django.db import IntegrityError, transaction

from coproduction.projects.models import Membership, Project, User

pytestmark = pytest.mark.django_db


def test_an_unknown_role_cannot_be_kept(project: Project, stranger: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership(project=project, user=stranger, role="king").save()
