"""Charts: their sums hold, hostile words stay words, and paper shows what the screen shows."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from weasyprint import HTML

from coproduction.ui import palette
from coproduction.ui.charts.chart import Chart, Datum
from coproduction.ui.charts.drawing import WIDTH, break_lines, width_of
from coproduction.ui.charts.kinds import Bar, Series, Stack, StackedBar, Timeline, Waffle

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert('x')</script> & \"quoted\" <b>ŵŷ</b>"
THREE = [Datum("Have", 228, "teal"), Datum("Need", 376, "brick"), Datum("Change", 208, "sun")]


def every_chart(label: str = "Places to go") -> list[Chart]:
    """One of each kind, with the same label in every place a label can stand."""
    data = [
        Datum(label, 1234, "plum", url="/a/"),
        Datum("Parks", 4, "sun"),
        Datum("None", 0, "sky"),
    ]
    series = [Series(label, "teal"), Series("Need", "brick"), Series("Change", "sun")]
    return [
        Bar(title=label, note=label, unit=label, data=data),
        StackedBar(
            title=label, series=series, stacks=[Stack(label, [3940, 12, 1]), Stack("B", [0, 0, 0])]
        ),
        Waffle(title=label, note=label, unit=label, data=data),
        Timeline(title=label, unit=label, data=data),
    ]


def drawn(chart: Chart, table: str = "") -> str:
    """The chart as a page shows it."""
    return Template("{% chart x table=table %}").render(Context({"x": chart, "table": table}))


def svg_of(chart: Chart) -> ElementTree.Element:
    """The drawing alone, read as XML: unfit markup raises."""
    found = re.search(r"<svg class=\"chart__drawing\".*?</svg>", drawn(chart), re.S)
    assert found
    return ElementTree.fromstring(found[0])


KINDS = [type(chart).__name__ for chart in every_chart()]


def test_all_four_kinds_are_tried() -> None:
    assert KINDS == ["Bar", "StackedBar", "Waffle", "Timeline"]


@pytest.mark.parametrize("kind", range(4), ids=KINDS)
def test_everything_drawn_stays_on_the_ground(kind: int) -> None:
    svg = svg_of(every_chart()[kind])
    _x, _y, wide, high = map(float, svg.attrib["viewBox"].split())
    boxes = list(svg.iter(f"{SVG}rect"))
    for box in boxes:
        x, y, width, height = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + width <= wide + 0.1
        assert y + height <= high
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["y"]) <= high
    assert boxes or KINDS[kind] == "Waffle"


@pytest.mark.parametrize("kind", range(4), ids=KINDS)
def test_hostile_words_are_shown_and_never_run(kind: int) -> None:
    page = drawn(every_chart(HOSTILE)[kind])
    assert "<script" not in page
    assert "<b>ŵŷ" not in page
    svg = svg_of(every_chart(HOSTILE)[kind])
    assert {child.tag.removeprefix(SVG) for child in svg} <= {
        "title",
        "desc",
        "rect",
        "path",
        "text",
        "circle",
    }
    assert svg[0].text == HOSTILE


@pytest.mark.parametrize("kind", range(4), ids=KINDS)
def test_a_chart_is_named_and_described(kind: int) -> None:
    svg = svg_of(every_chart()[kind])
    assert svg.attrib["role"] == "img"
    # Each once: whoever hears the name and then the description hears no number twice.
    said = [svg.attrib["aria-labelledby"], svg.attrib["aria-describedby"]]
    assert [child.attrib["id"] for child in svg[:2]] == said
    assert svg[1].text not in (svg[0].text or "")
    assert "1,234" in (svg[1].text or "") or "3,940" in (svg[1].text or "")


@pytest.mark.parametrize("kind", range(4), ids=KINDS)
def test_a_drawing_needs_no_css(kind: int) -> None:
    svg = svg_of(every_chart()[kind])
    seen = 0
    for element in list(svg.iter())[1:]:
        # The one class says only which words go with colours that somebody forces.
        assert element.get("class") in {None, "on-ground"}
        assert "class" not in element.attrib or "fill" in element.attrib
        assert "style" not in element.attrib
        for value in element.attrib.values():
            assert "currentColor" not in value
            assert "var(" not in value
            assert "url(" not in value
            seen += 1
    assert seen > 10


@pytest.mark.parametrize("kind", range(4), ids=KINDS)
def test_words_on_a_shape_keep_its_colour_and_all_others_go_with_the_page(kind: int) -> None:
    words = [each for each in svg_of(every_chart()[kind]).iter() if each.tag.endswith("text")]
    on_ground = [each for each in words if each.get("class") == "on-ground"]
    assert on_ground
    assert {each.get("fill") for each in on_ground} == {palette.HEX["ink"]}
    assert (len(words) > len(on_ground)) == (KINDS[kind] == "StackedBar")


@pytest.mark.parametrize("kind", range(4), ids=KINDS)
@pytest.mark.parametrize("language", ["en", "cy", "de"])
def test_numbers_read_the_same_in_every_language(kind: int, language: str) -> None:
    english = re.findall(r'[\d.,]+"|>[\d.,]+<', drawn(every_chart()[kind]))
    with translation.override(language):
        page = drawn(every_chart()[kind])
    assert re.findall(r'[\d.,]+"|>[\d.,]+<', page) == english
    assert len(english) > 10


def test_ids_differ_between_charts_and_stay_the_same_between_visits() -> None:
    ids = [chart.uid for chart in every_chart()]
    assert len(set(ids)) == len(ids) == 4
    assert ids == [chart.uid for chart in every_chart()]
    assert Bar(title="A", data=THREE).uid != Bar(title="A", data=THREE[:2]).uid


def test_one_mark_of_a_waffle_stands_for_a_round_number() -> None:
    sizes = {}
    for total in (0, 1, 102, 103, 812, 3940, 100_000):
        waffle = Waffle(title="x", data=[Datum("a", total)])
        sizes[total] = waffle.each
        assert sum(waffle.counts) <= 102
    assert sizes == {0: 1, 1: 1, 102: 1, 103: 2, 812: 10, 3940: 50, 100_000: 1000}


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=6))
def test_the_marks_of_a_waffle_sum_to_the_whole_and_leave_nobody_out(values: list[int]) -> None:
    waffle = Waffle(title="x", data=[Datum(str(value), value) for value in values])
    some = sum(1 for value in values if value)
    assert sum(waffle.counts) == max(round(sum(values) / waffle.each), some)
    assert all(
        bool(count) == bool(value) for count, value in zip(waffle.counts, values, strict=True)
    )


def test_a_waffle_draws_a_mark_in_its_shape_for_each_count() -> None:
    waffle = Waffle(title="x", unit="comments", data=THREE)
    signs = waffle.drawing.signs
    fills = [sign.fill for sign in signs for _mark in range(sign.path.count("M"))]
    # The key shows each kind once more.
    assert [fills.count(palette.HEX[name]) for name in ("teal", "brick", "sun")] == [24, 38, 22]
    assert "One shape stands for 10 comments." in waffle.caption
    shapes = [palette.PATHS[shape] for shape in ("square", "circle", "diamond")]
    assert [sign.path.count(shape) for sign, shape in zip(signs, shapes * 2, strict=True)] == [
        *(23, 37, 21),
        *(1, 1, 1),
    ]


def test_bars_are_as_long_as_their_values() -> None:
    drawing = Bar(title="x", data=[Datum("a", 100), Datum("b", 25), Datum("c", 0)]).drawing
    long, short = (float(box.width) for box in drawing.boxes)
    assert short == pytest.approx(long / 4, abs=0.2)


def test_parts_of_a_stacked_bar_fill_it() -> None:
    series = [Series(name, name) for name in ("teal", "brick", "sun")]
    chart = StackedBar(title="x", series=series, stacks=[Stack("a", [50, 30, 20])])
    drawing = chart.drawing
    ends = [float(box.x) + float(box.width) for box in drawing.boxes]
    assert ends[-1] == pytest.approx(WIDTH - 2)
    assert [float(box.x) for box in drawing.boxes] == pytest.approx([0, WIDTH / 2, WIDTH * 0.8])


def test_light_colours_are_outlined_and_carry_dark_words() -> None:
    series = [Series("teal", "teal"), Series("sun", "sun")]
    drawing = StackedBar(title="x", series=series, stacks=[Stack("a", [50, 50])]).drawing
    assert [box.outline for box in drawing.boxes] == ["", palette.HEX["ink"]]
    assert [w.fill for w in drawing.words if w.text == "50"] == [
        palette.HEX["white"],
        palette.HEX["ink"],
    ]


def test_a_busy_timeline_leaves_out_labels_that_would_touch() -> None:
    chart = Timeline(title="x", data=[Datum(f"Month {n}", n) for n in range(40)])
    labels = [line for line in chart.drawing.words if line.text.startswith("Month")]
    assert 1 < len(labels) < 40
    assert len(chart.drawing.thread) == 40
    gaps = [float(b.x) - float(a.x) for a, b in pairwise(labels)]
    assert min(gaps) >= width_of("Month 39", 14)


def test_an_empty_chart_says_so() -> None:
    for chart in (
        Waffle(title="x", data=[]),
        Bar(title="x", data=[]),
        Timeline(title="x", data=[]),
    ):
        assert "There is nothing to show yet." in drawn(chart)


@given(st.text(max_size=300), st.floats(60, 400))
def test_broken_lines_fit_their_room(text: str, room: float) -> None:
    lines = break_lines(text, room)
    assert 1 <= len(lines) <= 3
    assert all(width_of(line.removesuffix("…")) <= room for line in lines)


def test_the_table_says_what_the_drawing_says_and_links_to_the_records() -> None:
    page = drawn(every_chart()[0], table="open")
    assert "<details>" not in page
    link = re.search(r'<a href="/a/">(.*?)</a>', page, re.S)
    assert link
    name = " ".join(re.sub("<[^>]+>", "", link.group(1)).split())
    # Its column and row are in its name, for who hears the links alone.
    assert re.fullmatch(r".+, .+: 1,234", name), name
    assert "<table" not in drawn(every_chart()[0], table="none")


def test_paper_shows_the_same_drawing(tmp_path: Path) -> None:
    for number, chart in enumerate(every_chart("Tŷ cymunedol ŵŷ")):
        target = tmp_path / f"{number}.pdf"
        html = f'<html lang="cy"><title>x</title><body>{drawn(chart, "none")}</body></html>'
        HTML(string=html).write_pdf(target, pdf_variant="pdf/ua-1")
        with pikepdf.open(target) as pdf:
            content = b"".join(
                pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page))
                for page in pdf.pages
            )
            fills = re.findall(rb"(?<=\n)([\d.]+ [\d.]+ [\d.]+) rg", content)
        # Colours reach the paper: something besides black was filled.
        assert len(set(fills)) >= 2, type(chart).__name__


def test_the_colours_of_drawings_are_those_of_the_pages() -> None:
    tokens = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
    on_pages = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", tokens))
    own = {name: value for name, value in palette.HEX.items() if name in on_pages}
    assert len(own) >= 12
    assert own == {name: on_pages[name] for name in own}
