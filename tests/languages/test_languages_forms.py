"""What is typed into a form is cleaned before it is counted, compared and kept."""

import pytest
from django import forms

from coproduction.languages.forms import TranslatedFormField, TypedEmailField, TypedTextField
from coproduction.languages.models import Translated


class Words(forms.Form):
    """A line, an address, and a text in two languages."""

    line = TypedTextField(max_length=10)
    email = TypedEmailField(max_length=40)
    both = TranslatedFormField(languages=["en", "cy"], max_length=10, multiline=True)


def filled(**changes: str) -> Words:
    """Return the form with something in every box."""
    typed = {"line": "x", "email": "a@b.example", "both_en": "x", "both_cy": "y"}
    return Words({**typed, **changes})


@pytest.mark.parametrize("box", ["line", "both_en", "both_cy"])
def test_line_ends_count_once_and_what_nobody_sees_not_at_all(box: str) -> None:
    typed = "a\r\nb\r\nc\r\nd\u200b\u00ad w\u0302"
    form = filled(**{box: typed})
    assert form.is_valid(), form.errors
    kept = form.cleaned_data["line"] if box == "line" else form.cleaned_data["both"][box[-2:]]
    assert kept == "a\nb\nc\nd ŵ"


@pytest.mark.parametrize("box", ["line", "both_en", "both_cy"])
def test_a_text_too_long_is_refused_with_how_long_it_may_be(box: str) -> None:
    form = filled(**{box: "x" * 11})
    assert form.errors[box.partition("_")[0]] == ["Use 10 characters or fewer."]


@pytest.mark.parametrize("typed", ["", "  ", "\u200b\u00ad", "\x07"])
def test_what_nobody_sees_is_nothing(typed: str) -> None:
    form = filled(line=typed, both_en=typed, both_cy=typed)
    words = ["Write something here."]
    assert form.errors == {"line": words, "both": words}


def test_an_address_comes_in_its_one_form() -> None:
    form = filled(email=" POST@XN--BCHER-KVA.example\u200b")
    assert form.is_valid()
    assert form.cleaned_data["email"] == "post@bücher.example"


def test_the_boxes_say_how_much_they_take_and_cut_nothing_off() -> None:
    drawn = str(filled())
    assert drawn.count('data-limit="10"') == 3
    assert "maxlength" not in drawn


def test_the_box_for_everyone_names_its_long_sentences_in_its_language() -> None:
    long = " ".join(f"word{number}" for number in range(28)) + "."
    drawn = str(Words(initial={"both": Translated.of(en=long, cy=long)})["both"])
    english, welsh = drawn.split('for="id_both_1"')
    assert "28 words in one sentence. Could it be two?" in english
    assert '<q lang="en" dir="ltr">word0 word1' in english
    assert 'aria-describedby="id_both_0_long"' in english
    assert 'id="id_both_0_long"' in english
    # Welsh needs more words for the same, and has its own limit.
    assert 'data-most="25"' in english
    assert 'data-most="30"' in welsh
    assert "28 words" not in welsh


def test_neither_a_line_nor_what_a_person_said_is_read_for_long_sentences() -> None:
    class Others(forms.Form):
        line = TranslatedFormField(languages=["en", "cy"])
        said = TranslatedFormField(languages=["en", "cy"], multiline=True, own_words=True)

    assert "plainly" not in str(Others())
    assert str(filled()).count('class="plainly"') == 2
