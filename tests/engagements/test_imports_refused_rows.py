"""Rows that were refused: given out as a file, mended, and brought in as they were."""

from io import StringIO

import pytest

from coproduction.ui.spreadsheets import escape_formula, unescape_formula, write_csv
from engagements.imports.columns import Columns
from engagements.models import Comment, ImportBatch
from engagements.queries.import_file import refused_rows_table
from engagements.services.import_batch import map_import, run_import


def test_refused_rows_leave_defused_and_come_back_as_they_were(take_in, coordinator) -> None:
    columns = Columns(texts=(("text", ""),), fields={"question": "q"})
    batch = take_in("q,text\nwrong,-2 bins\nwrong,'quoted'\n")
    map_import(batch=batch, columns=columns, by=coordinator)
    run_import(batch=batch)
    out = StringIO(newline="")
    write_csv(out, *refused_rows_table(batch))
    written = out.getvalue()
    assert written.splitlines()[0] == "refused_row,refused_because,q,text"
    assert written.splitlines()[1].startswith("2,")
    assert ",wrong,'-2 bins" in written
    mended = take_in(written.replace(",wrong,", ",need,"))
    map_import(batch=mended, columns=columns, by=coordinator)
    run_import(batch=mended)
    assert list(Comment.objects.values_list("text", flat=True)) == ["-2 bins", "'quoted'"]


def again(batch: ImportBatch) -> str:
    """Return a batch's refused rows as the file that people download."""
    out = StringIO(newline="")
    write_csv(out, *refused_rows_table(batch))
    return out.getvalue()


def test_refused_rows_brought_in_unmended_are_refused_again(bring_in) -> None:
    """What we put in place of what can't be kept is not what a person said."""
    long = "x" * 100_001
    rows = f'text,more\n{long},\nok\x00then,\n"open,\nŵŷâŵ,\n'
    batch = bring_in(rows.encode() + b"caf\xff,\n")
    refused = dict(batch.refused_rows.values_list("row", "reason"))
    assert refused == {2: "too_long", 3: "nul", 4: "quotes", 6: "bad_characters"}
    assert long in again(batch)
    second = bring_in(again(batch))
    assert (second.imported, second.refused) == (0, 4)
    # And once more, without a second pair of our columns.
    assert again(second).splitlines()[0] == "refused_row,refused_because,text,more"
    third = bring_in(again(second))
    assert (third.imported, third.refused) == (0, 4)
    assert Comment.objects.get().text == "ŵŷâŵ"


def test_mended_rows_come_in(bring_in) -> None:
    batch = bring_in('text,more\nok\x00then,\n"open,\n')
    mended = again(batch).replace("\N{SYMBOL FOR NULL}", " ").replace("[?] ", "")
    assert bring_in(mended).imported == 2


@pytest.mark.parametrize("said", ["=x", "'=x", "''=x", "-2", "'quoted'", "@", "+", "\tx", "'"])
def test_a_quote_mark_of_the_persons_own_comes_back(said, bring_in) -> None:
    batch = bring_in(f"text,language\n{said},klingonese\n", language="language")
    mended = bring_in(again(batch).replace("klingonese", "en"), language="language")
    assert mended.imported == 1
    assert Comment.objects.get().text == said.strip()
    assert unescape_formula(escape_formula(said)) == said
