"""Make the index of the comments' words anew, such as once PostgreSQL's pg_trgm can be had."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from coproduction.languages.word_index import word_index_of
from engagements.models import Comment


class Command(BaseCommand):
    """``index_comments``; says whether there is an index now."""

    help = "Make the index of the comments' words anew. Comments are found without it too, slower."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it away, make it, and look."""
        index = word_index_of(Comment)
        assert index is not None
        with connection.schema_editor() as editor:
            editor.remove_index(Comment, index)
            editor.add_index(Comment, index)
        if index.is_made(connection, Comment):
            self.stdout.write("Comments are found by the index of their words.")
        else:
            self.stdout.write(
                "There is no index: pg_trgm can't be had. Ask whoever runs the database for"
                " CREATE EXTENSION pg_trgm, and run this again."
            )
