"""Tags of components: numbers, addresses of pages, headings of tables."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from lxml import html

from coproduction.ui.templatetags.ui import number, page_query


@pytest.mark.parametrize(
    ("value", "text"), [(3940, "3,940"), (0, "0"), (None, ""), ("", ""), (12.5, "12.5"), (2.0, "2")]
)
def test_numbers_are_written_as_people_do(value: object, text: str) -> None:
    assert number(value) == text


def test_the_way_to_another_page_keeps_all_of_the_address_but_what_is_said_once() -> None:
    request = RequestFactory().get("/", {"question": "a&b", "taken": ["7", "8"], "page": "1"})
    context = Context({"request": request})
    assert page_query(context, 2) == "?question=a%26b&taken=7&taken=8&page=2"
    assert page_query(context, 2, "taken") == "?question=a%26b&page=2"
    assert request.GET["page"] == "1"


def test_a_tables_headings_say_which_columns_hold_numbers() -> None:
    written = Template('{% table_head "Name" words "All" numbers="2 3" %}').render(
        Context({"words": "<b>"})
    )
    headings = html.fromstring(f"<table>{written}</table>").findall(".//th")
    said = [(each.text_content().strip(), each.get("class")) for each in headings]
    assert said == [("Name", None), ("<b>", "is-number"), ("All", "is-number")]
    assert {each.get("role") for each in headings} == {"columnheader"}


def test_indents_are_left_out_and_words_keep_their_lines() -> None:
    written = Template(
        """{% close_set %}
            <p
                class="lines"
                dir="auto"
            >{{ words }}</p>
            <p>
                Said <b>in</b> the <b>hall</b>
            </p>
        {% endclose_set %}"""
    ).render(Context({"words": "One  line,\n\n   two > lines <"}))
    said = "One  line,\n\n   two &gt; lines &lt;"
    assert f">{said}</p>" in written
    assert written.count("\n") == 2
    assert " <p> Said <b>in</b> the <b>hall</b> </p> " in written
