"""What is typed into a form is cleaned before it is counted, compared and kept."""

import pytest
from django import forms

from coproduction.languages.forms import TranslatedFormField, TypedEmailField, TypedTextField


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
