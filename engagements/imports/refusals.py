"""Why a whole file can't be brought in: each with a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from coproduction.projects.refusals import Refusal


class FileRefused(Refusal):
    """A file that can't be brought in at all."""


class FileTooBig(FileRefused):
    """A file past the limit."""

    sentence = _("This file is larger than 50 MB. Split it into smaller files.")


class FileEmpty(FileRefused):
    """A file with nothing in it."""

    sentence = _("This file is empty. Check that you chose the right one.")


class HeadingsOnly(FileRefused):
    """A file with headings and no rows."""

    sentence = _("This file has headings but no rows under them. Add the comments, one a row.")


class NoHeadings(FileRefused):
    """A file whose heading rows name no columns."""

    sentence = _(
        "The row of headings is blank. Give each column a heading, or choose the row that the "
        "headings are in."
    )


class TooManyColumns(FileRefused):
    """A file wider than anybody can say the meaning of."""

    sentence = _(
        "This file has more than 200 columns. Delete those without comments, and bring it in again."
    )


class BadHeadings(FileRefused):
    """A file whose headings can't be told apart."""

    sentence = _(
        "The headings can't be read: their quote marks don't match up. Correct the first row."
    )


class NotReadable(FileRefused):
    """A file in no encoding we know."""

    sentence = _(
        "The letters in this file can't be read. Open it in your spreadsheet, choose “Save as”, "
        "then “CSV UTF-8”, and bring that file in."
    )


class WorkbookDamaged(FileRefused):
    """An Excel file that is not as such files are."""

    sentence = _(
        "This Excel file can't be read: it may be damaged. Open it in your spreadsheet, save it "
        "again as “Excel workbook (.xlsx)” or as “CSV UTF-8”, and bring that file in."
    )


class WorkbookTooBig(FileRefused):
    """An Excel file that grows past any limit when it is unpacked."""

    sentence = _(
        "There is far more in this Excel file than a table of comments needs. Copy the rows with "
        "the comments to a new workbook, save it, and bring that in."
    )


class WorkbookLocked(FileRefused):
    """A file that asks for a password."""

    sentence = _(
        "This file asks for a password. Open it, take the password off, save it, and bring it "
        "in again."
    )


class NoSheet(FileRefused):
    """A workbook without a sheet that has rows."""

    sentence = _(
        "There are no rows on any sheet of this workbook. Check that you chose the right one."
    )


class BadLayout(FileRefused):
    """Something was said of how a file is to be read that it has not, or that is not known."""
