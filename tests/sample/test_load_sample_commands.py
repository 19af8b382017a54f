"""The command that loads the sample."""

import pytest
from django.core.management import CommandError, call_command

from coproduction.projects.models import Project
from engagements.models import Comment
from tests.copying import Original


@pytest.mark.once
@pytest.mark.django_db
def test_loading_it_twice_says_so_and_changes_nothing(first_sample: Original[Project]) -> None:
    first_sample.copy()
    before = Comment.objects.count()
    with pytest.raises(CommandError, match="is there already"):
        call_command("load_sample", verbosity=0)
    call_command("load_sample", "--if-empty", verbosity=0)
    assert Comment.objects.count() == before
