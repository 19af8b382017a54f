"""Reading files of every sort: what is made out, what is refused, and in which row."""

import codecs
import csv
from contextlib import suppress
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.imports import csv_reader
from engagements.imports.csv_reader import (
    LONGEST_ROW,
    Lines,
    guess_separator,
    parse_rows,
    without_rows,
)
from engagements.imports.headings import MOST_COLUMNS
from engagements.imports.layout import Layout, guess_layout
from engagements.imports.refusals import (
    BadHeadings,
    FileEmpty,
    FileRefused,
    FileTooBig,
    NoHeadings,
    NotReadable,
    TooManyColumns,
)
from engagements.imports.scan import MAX_FILE_BYTES, scan_file
from engagements.imports.table import FileTable, read_table

WELSH = "text,place\r\nMae'r tŷ yn oer,Bryn\r\n“Quoted” – café,Bryn\r\n"


def cells(data: bytes) -> list[list[str]]:
    """Read a file to its end."""
    file = BytesIO(data)
    return [row.cells for row in guessed(file).rows]


def guessed(file: BytesIO) -> FileTable:
    """Read a file as it is guessed."""
    return read_table(file, guess_layout(file, scan_file(file)))


def plain(data: bytes) -> FileTable:
    """Read a file with its headings in the first row."""
    return read_table(BytesIO(data), Layout(encoding="utf-8-sig"))


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16", "le unmarked", "be unmarked", "be marked"],
)
def test_unicode_is_read_in_every_dress(encoding: str, mark: bytes) -> None:
    assert cells(mark + WELSH.encode(encoding))[0] == ["Mae'r tŷ yn oer", "Bryn"]


def test_windows_letters_are_read() -> None:
    data = "text\r\nA caf\xe9 \x96 \x93nice\x94, \xa3".encode("latin-1") + b"2\r\n"
    assert cells(data) == [["A café – “nice”", " £2"]]


def test_a_letter_cut_by_the_edge_of_a_piece_is_still_one() -> None:
    filler = "a" * (1024 * 1024 - len("text\n") - 1)
    data = f"text\n{filler}é\n".encode()
    file = BytesIO(data)
    assert scan_file(file).encoding == "utf-8-sig"
    assert cells(data)[0][0].endswith("aé")


def test_a_stray_byte_in_good_utf8_spoils_its_row_only() -> None:
    data = "text\nŵŷâ\n".encode() + b"bad \xff here\n" + "tŷ bach\n".encode()
    file = BytesIO(data)
    scanned = scan_file(file)
    assert scanned.encoding == "utf-8-sig"
    rows = list(guessed(file).rows)
    assert [row.cells for row in rows if "\udcff" not in row.cells[0]] == [["ŵŷâ"], ["tŷ bach"]]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", FileEmpty),
        (b"text\n\x81\x8d\x8f\n", NotReadable),
        (b"\xff\xfeabc", NotReadable),
        (b"\n,,\n", NoHeadings),
    ],
    ids=["empty", "no encoding", "half a UTF-16 letter", "blank"],
)
def test_a_file_that_says_nothing_is_refused(data: bytes, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal) as refused:
        cells(data)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04" + b"\x00" * 200, "damaged"),
        (b"PK\x05\x06" + b"\x00" * 18, "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "spreadsheet"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "packed"),
    ],
    ids=["broken zip", "empty zip", "xls", "pdf", "gzip"],
)
def test_another_kind_of_file_is_known_by_its_content(data: bytes, word: str) -> None:
    with pytest.raises(FileRefused) as refused:
        scan_file(BytesIO(data))
    assert word in str(refused.value)
    assert "bring" in str(refused.value).lower()


def test_headings_used_twice_are_told_apart_by_their_columns() -> None:
    table = plain(b"who,text,when,text,text (column D)\na,b,c,d,e\n")
    assert table.headings == [
        *("who", "text (column B)", "when"),
        *("text (column D) (column D)", "text (column D)"),
    ]


def test_columns_without_a_heading_are_named_by_place() -> None:
    assert plain(b"text,,\na,b,c\n").headings == [
        "text",
        "Column 2",
        "Column 3",
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_made_out(mark: str) -> None:
    data = f"id{mark}text\n1{mark}a park\n".encode()
    assert cells(data) == [["1", "a park"]]


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        (["sep=|\r\n", "a;b;c\n"], "|"),
        (["Fair, what people said;;\n", ";;\n", "Who;Words\n", "A;One, two\n"], ";"),
        (["Words, and more\n", "One, two, three\n"], ","),
        (["Words\n"], ","),
        ([], ","),
    ],
    ids=["said", "under a title", "ragged", "one column", "nothing"],
)
def test_the_mark_is_the_one_that_most_rows_are_cut_by(lines: list[str], mark: str) -> None:
    assert guess_separator(lines) == mark


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    file = BytesIO(b'text\none\n\n"two\nlines"\nthree\n')
    numbers = [
        (row.number, row.cells[0]) for row in read_table(file, Layout(encoding="utf-8-sig")).rows
    ]
    assert numbers == [(2, "one"), (4, "two\nlines"), (5, "three")]


def test_a_quote_never_closed_costs_its_own_row_only() -> None:
    file = BytesIO(b'id,text\n1,one\n2,"two\n3,three\n4,"fo,ur"\n')
    rows = list(read_table(file, Layout(encoding="utf-8-sig")).rows)
    assert [row.number for row in rows] == [2, 3, 4, 5]
    assert [row.fault for row in rows] == ["", "quotes", "", ""]
    assert rows[3].cells == ["4", "fo,ur"]


def test_quote_marks_that_do_not_match_never_swallow_other_rows() -> None:
    data = b'id,text\n1,"one\n2,two\n3,"three"\n4,"a "b" c"\n5,"say ""hi"", then\ngo"\n6,six\n'
    rows = list(plain(data).rows)
    assert [(row.number, row.fault) for row in rows if row.fault] == [(2, "quotes"), (5, "quotes")]
    assert [row.cells[1] for row in rows if not row.fault] == [
        "two",
        "three",
        'say "hi", then\ngo',
        "six",
    ]


def test_headings_that_do_not_close_are_refused() -> None:
    with pytest.raises(BadHeadings):
        plain(b'"text\none\n')


def test_a_quote_never_closed_in_the_last_row_is_seen() -> None:
    rows = list(plain(b'text\none\n"two').rows)
    assert [row.fault for row in rows] == ["", "quotes"]


def test_a_very_long_cell_does_not_stop_the_reading() -> None:
    long = b"x" * (10 * 1024 * 1024)
    rows = cells(b"text\nbefore\n" + long + b"\nafter\n")
    assert [len(row[0]) for row in rows] == [6, len(long), 5]


def test_the_limit_is_the_size_of_the_file() -> None:
    with pytest.raises(FileTooBig):
        scan_file(BytesIO(b"a\n" * (MAX_FILE_BYTES // 2 + 1)))


def test_the_file_stays_open_for_whoever_opened_it() -> None:
    file = BytesIO(b"text\none\n")
    assert read_table(file, Layout(encoding="utf-8-sig")).headings == ["text"]
    assert not file.closed


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(table=st.lists(st.lists(words, min_size=2, max_size=2), min_size=1, max_size=8))
def test_whatever_a_spreadsheet_writes_is_read_back(table: list[list[str]]) -> None:
    out = StringIO(newline="")
    csv.writer(out).writerows([["id", "text"], *table])
    data = out.getvalue().encode("utf-8-sig")
    file = BytesIO(data)
    rows = list(guessed(file).rows)
    # A row of nothing but delimiters is left behind by a spreadsheet, and is none.
    assert [row.cells for row in rows] == [cells for cells in table if any(map(str.strip, cells))]
    assert not any(row.fault for row in rows)


def test_rows_of_delimiters_are_no_rows_but_count_in_the_numbers() -> None:
    rows = plain(b"id,text\n,,,,,\n1,A park\n , \n2,A pond\n").rows
    assert [(row.number, row.cells) for row in rows] == [(3, ["1", "A park"]), (5, ["2", "A pond"])]


@given(data=st.binary(min_size=1, max_size=300))
def test_whatever_bytes_come_are_read_or_refused(data: bytes) -> None:
    file = BytesIO(data)
    with suppress(FileRefused):
        assert all(row.number >= 2 for row in guessed(file).rows)


@pytest.fixture
def short(monkeypatch) -> int:
    """Let rows be short, so that little is enough to try what is too long."""
    monkeypatch.setattr(csv_reader, "LONGEST_ROW", 10_000)
    return 10_000


@pytest.mark.parametrize("line", ['a","\n', '"\n', '"a\n', 'a,"b""\n', '","\n'])
def test_the_work_of_reading_grows_with_the_file_and_no_faster(line: str, short: int) -> None:
    """Counted in letters handed to the csv reader, since clocks differ."""
    works = []
    for size in (50_000, 100_000, 200_000):
        source = Lines([line] * (size // len(line)), ",")
        for _row in parse_rows(source):
            # Each letter once, and again no more than the file twice over and a row.
            assert source.handed <= 3 * size + 2 * short
        works.append(source.handed / size)
    assert works[-1] <= works[0] * 1.1


def test_when_too_much_was_read_again_every_line_is_refused_by_its_number(short: int) -> None:
    lines = ['a","\n'] * 20_000
    rows = list(parse_rows(Lines(lines, ",")))
    assert len(rows) == len(lines)
    assert {fault for _cells, fault in rows} == {"quotes"}


def test_a_quote_never_closed_swallows_no_more_than_a_long_row(short: int) -> None:
    lines = ['"open\n', *["A good row\n"] * (3 * short // 11)]
    source = Lines(lines, ",")
    rows = list(parse_rows(source))
    assert rows[0] == (['"open\n'], "quotes")
    assert len(rows) == len(lines)
    assert {fault for _cells, fault in rows[1:]} == {""}
    assert source.handed < 5 * short


def test_a_table_too_wide_to_ask_about_is_refused() -> None:
    wide = ",".join(f"c{number}" for number in range(MOST_COLUMNS + 1))
    with pytest.raises(TooManyColumns):
        plain(f"{wide}\nA park\n".encode())
    with pytest.raises(TooManyColumns):
        plain(b"text" + b"," * 2 * LONGEST_ROW + b"\nA\n")
    fits = ",".join(f"c{number}" for number in range(MOST_COLUMNS))
    assert len(plain(f"{fits}\nA park\n".encode()).headings) == MOST_COLUMNS


def test_a_row_of_a_million_cells_is_not_cut_into_them() -> None:
    data = b"text\nbefore\n" + b"," * (LONGEST_ROW + 1) + b"\nafter\n"
    rows = list(plain(data).rows)
    assert [(len(row.cells), row.fault) for row in rows] == [(1, ""), (1, "more_cells"), (1, "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_without_some_rows_keeps_the_others_byte_for_byte(encoding: str) -> None:
    rows = ["a;b\r\n", 'tŷ "x";1\r\n'.replace("ŷ", "é"), '"two\r\nlines";2\r\n', "\r\n", "last;3"]
    file = BytesIO("".join(rows).encode(encoding))
    found = scan_file(file).encoding
    assert b"".join(without_rows(file, found, ";", set())) == file.getvalue()
    left = b"".join(without_rows(file, found, ";", {3, 5})).decode(encoding)
    assert left == "".join([*rows[:2], "\r\n", rows[3], "\n"])
    # The numbers of the rows are what they were.
    again = read_table(BytesIO(left.encode(encoding)), Layout(encoding=found, separator=";"))
    assert [row.number for row in again.rows] == [2]


def test_a_line_that_is_no_row_stays_as_it_is() -> None:
    content = b'a\n"never closed\nnext\nlast\n'
    left = b"".join(without_rows(BytesIO(content), "utf-8-sig", ",", {3}))
    assert left == b'a\n"never closed\n\nlast\n'
