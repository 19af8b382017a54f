"""The one form template: every error leads to its box, and words of people stay words."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from coproduction.languages.forms import TranslatedFormField

TEMPLATE = Template(
    '{% include "ui/_form.html" with submit="Save the event" cancel_url="/back/" %}'
)


# The page that a form stands on, in the template's context as every page has it.
PAGE = {"request": RequestFactory().get("/here/?kind=a&more=1")}


class Kinds(forms.Form):
    """A field of every kind that the stages use."""

    words = forms.CharField(label="Words", error_messages={"required": "Enter words."})
    long = forms.CharField(widget=forms.Textarea, error_messages={"required": "Enter more."})
    day = forms.DateField(error_messages={"required": "Enter the date."})
    many = forms.IntegerField(error_messages={"required": "Enter a number."})
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    some = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    pick = forms.ChoiceField(choices=[("", "Choose"), ("a", "A")])
    both = TranslatedFormField(languages=["en", "cy"], label="Title")
    tick = forms.BooleanField(label="I agree")
    extra = forms.CharField(required=False, label="Extra")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


class Page(HTMLParser):
    """The ids, the places that take the keyboard, and the links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.boxes: dict[str, dict[str, str | None]] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes += found
        if found.get("id"):
            self.ids.append(found["id"] or "")
            if tag in {"input", "select", "textarea"}:
                self.boxes[found["id"] or ""] = found
        if tag == "a" and found.get("href"):
            self.links.append(found["href"] or "")


def shown(form: forms.BaseForm, **context: object) -> str:
    """The form as a page shows it."""
    return TEMPLATE.render(Context({"form": form, **PAGE, **context}))


@pytest.fixture
def refused() -> Page:
    return Page(shown(Kinds(data={})))


def test_every_error_leads_to_a_box_that_takes_the_keyboard(refused: Page) -> None:
    targets = [link.removeprefix("#") for link in refused.links if link.startswith("#")]
    assert len(targets) == 9
    assert [target for target in targets if target not in refused.boxes] == []


def test_an_error_of_the_whole_form_leads_to_its_first_box() -> None:
    form = Kinds(data={})
    form.add_error(None, "These two do not fit together.")
    html = shown(form)
    assert '<a href="#id_words">These two do not fit together.</a>' in re.sub(
        r"\s+(?=<a)", "", html
    )


def test_the_summary_is_announced_and_comes_first(refused: Page) -> None:
    html = shown(Kinds(data={}))
    assert 'role="alert"' in html
    assert html.index("govuk-error-summary") < html.index("govuk-form-group")
    assert "govuk-error-summary" not in shown(Kinds())


def test_no_id_stands_twice(refused: Page) -> None:
    assert len(refused.ids) > 20
    assert len(set(refused.ids)) == len(refused.ids)


def test_what_describes_a_box_is_there(refused: Page) -> None:
    named = [
        one for box in refused.boxes.values() for one in (box.get("aria-describedby") or "").split()
    ]
    assert named
    assert set(named) <= set(refused.ids)


def test_nothing_is_inline(refused: Page) -> None:
    assert "script" not in refused.tags
    assert "style" not in refused.tags
    assert "style" not in refused.attributes
    assert not [name for name in refused.attributes if name.startswith("on")]


def test_labels_and_hints_are_words_never_markup() -> None:
    form = Kinds()
    for name in form.fields:
        form.fields[name].label = "<script>x</script>"
        form.fields[name].help_text = "<script>y</script>"
    html = shown(form)
    assert "<script>" not in html
    assert html.count("&lt;script&gt;x") == 10


def test_a_form_drawn_twice_reads_the_same() -> None:
    form = Kinds()
    assert shown(form) == shown(form)


def test_only_what_may_be_left_out_says_so() -> None:
    html = shown(Kinds())
    assert html.count("(optional)") == 1
    assert re.search(r"Extra\s*<span class=\"optional\">\(optional\)</span>", html)


def test_sections_keep_every_field() -> None:
    form = Kinds()
    form.sections = [("When", ["day", "many"])]  # type: ignore[attr-defined]
    html = shown(form)
    assert html.count("<legend>When</legend>") == 1
    assert html.index('name="day"') < html.index('name="words"')
    assert all(f'name="{name}' in html for name in form.fields)


def test_a_form_with_a_file_sends_it() -> None:
    class WithFile(forms.Form):
        photo = forms.FileField()

    assert 'enctype="multipart/form-data"' in shown(WithFile())
    assert "enctype" not in shown(Kinds())


def test_a_form_carries_its_token(rf: RequestFactory) -> None:
    html = TEMPLATE.render(Context({"form": Kinds(), "csrf_token": "abc", **PAGE}))
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="abc">' in html


def test_each_language_has_its_box_and_its_label() -> None:
    html = re.sub(r"\s+", " ", shown(Kinds()))
    for code, name in (("en", "English"), ("cy", "Cymraeg")):
        box = re.search(rf'<input[^>]*lang="{code}"[^>]*>', html)
        assert box
        target = re.search(r'id="([^"]+)"', box[0])
        assert target
        assert f'for="{target[1]}"> {name}' in html


def test_the_word_error_is_translated_for_readers() -> None:
    with translation.override("cy"):
        html = shown(Kinds(data={}))
    assert html.count('<span class="govuk-visually-hidden">') == 9


def test_a_form_is_sent_to_its_own_page_whatever_else_is_called_action() -> None:
    # The pages of a plan's actions have one in their context.
    form = {"form": Kinds(), "action": object(), **PAGE}
    # Written out: a form without an address keeps what stands after the "#".
    assert 'action="/here/?kind=a&amp;more=1"' in TEMPLATE.render(Context(form))
    assert 'action="/there/"' in TEMPLATE.render(Context(form | {"action": "/there/"}))


class Folding(forms.Form):
    """A form with its button amid its fields, and a part that is seldom wanted."""

    words = forms.CharField(label="Words")
    extra = forms.CharField(required=False, label="Extra")
    sections = (("", ["words"]), ("More", ["extra"]))
    folded = ("More",)
    button_after = "words"


@pytest.mark.parametrize(("given", "is_open"), [({}, False), ({"extra": "Filled"}, True)])
def test_what_is_seldom_wanted_is_folded_until_it_is_filled(given, is_open) -> None:
    html = TEMPLATE.render(Context(PAGE | {"form": Folding(initial=given)}))
    found = re.search(r"<details([^>]*)>\s*<summary>More</summary>(.*?)</details>", html, re.DOTALL)
    assert found is not None
    assert ("open" in found[1]) is is_open
    assert 'name="extra"' in found[2]


def test_the_button_stands_where_the_form_says_and_only_there() -> None:
    html = TEMPLATE.render(Context(PAGE | {"form": Folding()}))
    assert html.index('name="words"') < html.index("Save the event") < html.index("<details")
    assert html.count("Save the event") == 1
    assert html.index("<details") < html.index("Cancel")
