"""Whatever people write is drawn: in every script, in its direction, and no letter as a box."""

import gc
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import weasyprint
from weasyprint.formatting_structure.boxes import Box

from plan.paper import pdf
from plan.paper.document import html_of_plan
from plan.paper.pdf import write_pdf
from tests.plan.long_plan import Case

pytestmark = pytest.mark.once

# What residents write, and what fontconfig calls a font that has it.
WRITTEN = {
    "emoji": ("Swings 👨‍👩‍👧 🎉 🥰 👩🏽‍🦽 ❤️ ✅", "und-zsye"),
    "flags": ("Cymru 🏴󠁧󠁢󠁷󠁬󠁳󠁿 and 🇩🇪", "und-zsye"),
    "Arabic": ("الأرجوحة مكسورة منذ 2023.", "ar"),
    "Urdu": ("جھولا ٹوٹا ہوا ہے۔", "ur"),
    "Bengali": ("দোলনা ভাঙা, বাচ্চারা কাঁদে।", "bn"),
    "Hindi": ("झूला टूट गया है।", "hi"),
    "Punjabi": ("ਝੂਲਾ ਟੁੱਟ ਗਿਆ", "pa"),
    "Tamil": ("ஊஞ்சல் உடைந்தது", "ta"),
    "Chinese": ("秋千坏了，孩子们在哭。", "zh-cn"),
    "Japanese": ("ブランコが壊れています", "ja"),
    "Korean": ("그네가 고장났어요", "ko"),
    "Amharic": ("ዥዋዥዌ ተሰብሯል", "am"),
    "Polish": ("Huśtawka jest zepsuta, dzieci płaczą.", "pl"),
    "Ukrainian": ("Гойдалка зламана", "uk"),
    "Welsh": ("Mae'r siglenni wedi torri: tŷ, dŵr, gwên", "cy"),
}


def boxes_told_of(caplog: pytest.LogCaptureFixture) -> int:
    """Count the letters that no font had: WeasyPrint draws a box for each, and tells of it."""
    return sum(".notdef" in record.getMessage() for record in caplog.records)


def plan_saying(words: str) -> bytes:
    """Write the file of a plan in which everything says this."""
    plan = Case(write=lambda _of, most: words[:most], quotes=1).plan("en")
    return write_pdf(html_of_plan(plan)).content


def letters(text: str) -> str:
    """Return a text's letters in one form, whatever marks are around them."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKC", text)))


@pytest.mark.parametrize("script", WRITTEN)
def test_there_is_a_font_for_each_script(script: str):
    _words, language = WRITTEN[script]
    there = subprocess.run(["fc-list", f":lang={language}"], capture_output=True, check=True)
    assert there.stdout, f"no font for {script}: PDF_PACKAGES of bin/_setup.sh are not installed"


def test_no_letter_is_drawn_as_a_box_and_words_can_be_copied(caplog: pytest.LogCaptureFixture):
    content = plan_saying("\n\n".join(words for words, _language in WRITTEN.values()))
    assert boxes_told_of(caplog) == 0
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    found = letters(read.stdout.decode())
    for script in ("Chinese", "Korean", "Ukrainian", "Welsh"):
        words, _language = WRITTEN[script]
        assert found.count(letters(words)) > 5, script


def test_a_letter_that_no_font_has_would_be_found(caplog: pytest.LogCaptureFixture):
    plan_saying("x \U0010fffd y")
    assert boxes_told_of(caplog) > 10


def test_a_sentence_from_the_right_begins_at_the_right():
    """Its full stop is left of its first word, and its year left of that word too."""
    words, _language = WRITTEN["Arabic"]
    html = f'<html lang="en"><body><p lang="ar" dir="rtl">{words}</p></body></html>'
    read = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],
        input=write_pdf(html).content,
        capture_output=True,
        check=True,
    )
    # By their letters sorted: the reader gives those of a ligature back the other way round.
    placed = {
        "".join(sorted(filter(str.isalnum, word))): float(x)
        for x, word in re.findall(r'xMin="([\d.]+)"[^>]*>([^<]*)</word>', read.stdout.decode())
    }
    first, *_rest, year = ("".join(sorted(filter(str.isalnum, word))) for word in words.split())
    assert len(placed) == 4
    assert placed[year] == min(placed.values())
    assert placed[first] == max(placed.values()) > 300


def boxes_of(pages: Any) -> Iterator[Any]:
    """Go through all boxes that pages are drawn from."""
    waiting = [page._page_box for page in pages]
    while waiting:
        box = getattr(waiting[-1], "_box", waiting[-1])
        waiting.pop()
        yield box
        waiting.extend(getattr(box, "children", ()))


def set_on_pages(html: str) -> Any:
    """Set HTML as a file is, and write nothing."""
    page = pdf._Paper(string=html, base_url=f"{pdf.GROUND.as_uri()}/")
    return page.lay_out(pdf_variant="pdf/ua-1", presentational_hints=True)


def test_cards_share_their_styles_and_what_they_were_set_from_is_let_go():
    """Both were most of the memory that a long plan took: docs/decisions/0066."""
    plan = Case(actions=24).plan("en")
    pages = set_on_pages(html_of_plan(plan)).pages
    there = {id(box): box for box in boxes_of(pages)}
    titles = [box for box in there.values() if box.element_tag == "h4"]
    assert len(titles) >= 24
    assert len({id(title.style) for title in titles}) < 12
    gc.collect()
    alive = sum(issubclass(type(each), Box) for each in gc.get_objects())
    assert len(there) > 1_500
    assert alive < 1.1 * len(there)


def test_weasyprints_sheet_is_as_we_know_it():
    """Another WeasyPrint may write otherwise what we leave out of its sheet."""
    whole = weasyprint.html.UA
    assert len(pdf._NOTES.findall(whole)) == 5
    assert whole.count("\n::marker {") == 1
    rules = pdf.rules_of_paper()
    assert not re.search(r"^::|[\s,]::", rules, re.MULTILINE)
    assert len(whole.splitlines()) - len(rules.splitlines()) == 5
