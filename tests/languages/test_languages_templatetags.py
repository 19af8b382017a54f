"""Words in one language only say which; dates; the same page in other languages."""

import re
from datetime import datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.timezone import get_default_timezone

from coproduction.languages.templatetags.languages import url_in_language, with_lang


def test_words_in_the_language_of_the_page_are_left_alone() -> None:
    for language in ("en", "cy"):
        with translation.override(language):
            assert with_lang("Picnic <on> the rec", language) == "Picnic <on> the rec"


def test_words_in_another_language_say_which() -> None:
    with translation.override("cy"):
        told = with_lang("Picnic <on> the rec", "en")
    assert told == '<span lang="en" dir="ltr">Picnic &lt;on&gt; the rec</span>'


def test_words_that_run_the_other_way_say_so_whatever_they_are_filed_under() -> None:
    with translation.override("en"):
        assert with_lang("سلام", "fa") == '<span lang="fa" dir="rtl">سلام</span>'
        assert with_lang("سلام", "en") == '<span lang="en" dir="rtl">سلام</span>'


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("ar", "", 'lang="ar" dir="rtl"'),
        ("cy", "Parc", 'lang="cy" dir="ltr"'),
        ("en", "سلام", 'lang="en" dir="rtl"'),
        ("xx", "Park", 'lang="xx" dir="auto"'),
        ("", "Park", 'dir="auto"'),
        ('"><b>', "", 'lang="&quot;&gt;&lt;b&gt;" dir="auto"'),
    ],
)
def test_an_element_says_what_its_words_are_in_and_which_way_they_run(
    language: str, text: str, written: str
) -> None:
    template = Template("<p {% lang_dir language text %}>")
    assert template.render(Context({"language": language, "text": text})) == f"<p {written}>"


def test_no_words_are_no_element() -> None:
    with translation.override("cy"):
        assert with_lang("", "en") == ""


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("cy", "/bryncoed/plan/?q=tŷ&page=2", "/cy/bryncoed/plan/?q=tŷ&page=2"),
        ("en", "/cy/bryncoed/plan/", "/bryncoed/plan/"),
        ("cy", "/cy/bryncoed/", "/cy/bryncoed/"),
        ("cy", "/", "/cy/"),
        ("en", "/cymru/", "/cymru/"),
        ("cy", "/cymru/", "/cy/cymru/"),
    ],
)
def test_the_language_switch_keeps_the_page(language: str, before: str, after: str) -> None:
    assert url_in_language(language, before) == after


def test_the_language_switch_names_a_language_in_itself(rf: RequestFactory) -> None:
    template = Template("{% language_switch %}")
    page = template.render(Context({"request": rf.get("/a/?b=1")}))
    assert re.search(r'href="/cy/a/\?b=1"\s+lang="cy"', page)
    assert "Cymraeg" in page
    only = template.render(Context({"request": rf.get("/a/"), "page_languages": ["en"]}))
    assert "<a" not in only


@pytest.mark.parametrize("form", ["DATE_FORMAT", "UNTIL_FORMAT", "MONTH_FORMAT", "WEEKDAY_FORMAT"])
def test_a_language_without_formats_of_its_own_still_writes_dates(form: str) -> None:
    moment = datetime(2026, 5, 14, 18, 30, tzinfo=get_default_timezone())
    template = Template("{{ moment|date:form }}")
    with translation.override("pl"):
        text = template.render(Context({"moment": moment, "form": form}))
    assert form not in text
    assert re.search(r"14|maj", text.lower())
