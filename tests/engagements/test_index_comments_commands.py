"""The command that makes the index of the comments' words anew."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from engagements.models import Comment

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> str:
    """Return what the command says."""
    out = StringIO()
    call_command("index_comments", stdout=out)
    return out.getvalue()


def test_the_index_is_made_anew_with_what_is_there(say) -> None:
    say("A zebra")
    assert told() == "Comments are found by the index of their words.\n"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM comment_words WHERE comment_words MATCH 'zeb'")
            assert cursor.fetchone()[0] == Comment.objects.count()
