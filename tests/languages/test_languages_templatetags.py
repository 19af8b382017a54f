"""Words in one language only: a voice that reads the page is told which."""

from django.utils import translation

from coproduction.languages.templatetags.languages import with_lang


def test_words_in_the_language_of_the_page_are_left_alone() -> None:
    for language in ("en", "cy"):
        with translation.override(language):
            assert with_lang("Picnic <on> the rec", language) == "Picnic <on> the rec"


def test_words_in_another_language_say_which() -> None:
    with translation.override("cy"):
        told = with_lang("Picnic <on> the rec", "en")
    assert told == '<span lang="en">Picnic &lt;on&gt; the rec</span>'


def test_no_words_are_no_element() -> None:
    with translation.override("cy"):
        assert with_lang("", "en") == ""
