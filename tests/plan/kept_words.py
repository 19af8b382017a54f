"""Where a mark stands in what is declared to be kept; and which of it can't hold what was said."""

import json
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection

from coproduction.kept import Erasure, Kept, KeptFile
from coproduction.projects.models import Session
from overview.kept import EVERYTHING
from tests.plan.remains import forms_of

_AN_ADDRESS = "an address of somebody who works here, or whom they write to"
_A_NAME = "the name of somebody who works here or sits in the group; nobody said it of a comment"
_OF_GROUP = "what the group or a partner wrote themselves; nothing puts a comment into it"
_SECRET = "what somebody signs in with"
_HERS = "it was said elsewhere than in a comment, and is no copy of one; it goes by its own way"

# What no words of a comment can come into by themselves, each with why not. Whatever else is
# private must have held the mark before an erasure, and none of it after.
CANT_HOLD = {
    "engagements.Concern.decided_by": _A_NAME,
    "engagements.Hold.network": "a keyed fingerprint; test_erasure_services of engagements has it",
    "engagements.WatchedNetwork.network": "a keyed fingerprint, of no one's answer",
    "engagements.ImportBatch.file_name": "what somebody called their file",
    "engagements.ImportBatch.layout": "how a file is read: the name of a sheet, and numbers",
    "engagements.BulkChange.descriptor": "emptied once the change is over: test_bulk_undo_services",
    "engagements.BulkChange.selection": "emptied once the change is over: test_bulk_undo_services",
    "engagements.BulkChangedComment.was_translation": "test_bulk_undo_services erases it",
    "themes.BulkCoding.selection": "emptied once it is over: test_bulk_coding_services",
    "engagements.ImportBatch.mapping": "headings of columns, which are no row of the file",
    "workshops.Table.host": _A_NAME,
    "workshops.Attendee.name": _HERS,
    "workshops.Note.text": _HERS,
    "workshops.Note.folded": _HERS,
    "steering.Seat.name": _A_NAME,
    "steering.Meeting.minutes": _OF_GROUP,
    "steering.Meeting.sealed_attendance": _A_NAME,
    "steering.MinutesCorrection.text": _OF_GROUP,
    "steering.Response.reason": _OF_GROUP,
    "steering.Decision.written_down": _A_NAME,
    "steering.Commitment.contact_email": _AN_ADDRESS,
    "plan.Edition.snapshot": "it names quotes and holds no words; the test looks for their names",
    "projects.Project.safeguarding_lead": _AN_ADDRESS,
    "projects.User.email": _AN_ADDRESS,
    "projects.User.name": _A_NAME,
    "projects.User.password": _SECRET,
    "projects.DataComplaint.name": _HERS,
    "projects.DataComplaint.email": _HERS,
    "projects.DataComplaint.text": _HERS,
    "projects.DataComplaint.reply": _HERS,
    "projects.Membership.invited_as": _AN_ADDRESS,
    "projects.Pass.holder": _A_NAME,
    "projects.Letter.to": _AN_ADDRESS,
    "projects.Letter.reply_to": _AN_ADDRESS,
    "account.EmailAddress.email": _AN_ADDRESS,
    "account.EmailConfirmation.key": _SECRET,
    "mfa.Authenticator.data": _SECRET,
    "socialaccount.SocialAccount.uid": _SECRET,
    "socialaccount.SocialAccount.extra_data": _SECRET,
    "socialaccount.SocialToken.token": _SECRET,
    "socialaccount.SocialToken.token_secret": _SECRET,
    "DATA_DIR/mail": "letters that went, where mail is kept; none has a comment's words",
    "DATA_DIR/archive-": "there only while one is made, which is waited for",
}


def declared_private() -> set[str]:
    """Name every column and every kind of file that is said to hold what is taken away."""
    rows = {f"{each.model}.{field}" for each in _rows() for field in each.private}
    files = {
        each.where
        for each in EVERYTHING
        if isinstance(each, KeptFile) and each.erasure is not Erasure.NOTHING
    }
    return rows | files


def declared_open() -> set[str]:
    """Name every column of words that is said to be nobody's."""
    return {f"{each.model}.{field}" for each in _rows() for field in each.open}


def places_with(mark: str, remains: Iterable[str]) -> set[str]:
    """Name the declared columns and kinds of files in which a mark stands now.

    ``remains`` is what ``remains_of`` the mark found.
    """
    forms = forms_of(mark)
    return {
        *(name for name, content in _columns() if any(form in content for form in forms)),
        *(where for found in remains if (where := _kind_of_file(found))),
        *(["table:comment_words"] if _is_indexed(mark) else []),
    }


def _rows() -> Iterator[Kept]:
    """Yield what is said of each model that there is here."""
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    for each in EVERYTHING:
        if isinstance(each, Kept) and each.model in there:
            yield each


def _columns() -> Iterator[tuple[str, bytes]]:
    """Yield all that stands in each declared column, with its name."""
    for each in _rows():
        model = apps.get_model(each.model)
        for name in (*each.private, *each.open):
            if model is Session and name == "session_data":
                some = [json.dumps(row.get_decoded()) for row in Session.objects.all()]
            else:
                column, quote = model._meta.get_field(name).column, connection.ops.quote_name
                with connection.cursor() as cursor:
                    table = quote(model._meta.db_table)
                    cursor.execute(f"SELECT {quote(column)} FROM {table}")
                    some = [str(value) for (value,) in cursor.fetchall()]
            yield f"{each.model}.{name}", "\n".join(some).encode()


def _kind_of_file(found: str) -> str:
    """Return the declared kind of what was found; nothing for the database's own files."""
    if found.startswith(("kept at", "a page at hand")) or found.endswith("in Redis"):
        return "CACHES/pages"
    names = [each.where for each in EVERYTHING if isinstance(each, KeptFile)]
    kinds = [name for name in names if f"/{name.removeprefix('DATA_DIR/')}" in found]
    is_stored = found.startswith(str(default_storage.location))
    return kinds[0] if kinds else f"undeclared: {found}" if is_stored else ""


def _is_indexed(mark: str) -> bool:
    """Say whether the index of words leads anywhere by the first letters of a mark."""
    word = mark.split(maxsplit=1)[0].lower()[:3]
    if connection.vendor == "postgresql":
        # An index like any other: it holds what the column does.
        return any(name.endswith("Comment.folded") for name, _content in _columns_with(word))
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM comment_words WHERE comment_words MATCH %s", [word])
        return bool(cursor.fetchone()[0])


def _columns_with(word: str) -> Iterator[tuple[str, bytes]]:
    """Yield the columns in which some letters stand."""
    return ((name, content) for name, content in _columns() if word.encode() in content)
