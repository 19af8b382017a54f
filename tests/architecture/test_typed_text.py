"""What people type comes in by one door, whatever form it is typed into."""

import ast
from collections.abc import Iterator

import django.forms
import pytest
from django.core import validators
from django.forms import BaseForm, Field
from django.http import HttpResponse

from coproduction.languages.forms import TypedEmailField, TypedTextField
from coproduction.projects.access import CAPABILITIES
from tests.architecture.sources import ROOT, modules
from tests.architecture.walk import ADDRESSES

# Fields of Django's that take words; ours stand in the one module that may name them.
TAKE_WORDS = {"CharField", "EmailField", "RegexField", "SlugField", "URLField", "JSONField"}
HOME = ROOT / "coproduction/languages/forms.py"


def bare_fields(source: str) -> list[str]:
    """List the fields of Django's forms in a module that take words as they come."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in TAKE_WORDS
        and isinstance(node.value, ast.Name)
        and node.value.id == "forms"
    ]


def test_every_text_field_of_a_form_cleans_what_is_typed() -> None:
    looked, bare = 0, []
    for path in modules():
        source = path.read_text()
        looked += "TypedTextField" in source
        if path != HOME:
            bare += [f"{path}:{found}" for found in bare_fields(source)]
    assert bare == []
    assert looked > 10


@pytest.mark.parametrize("field", sorted(TAKE_WORDS))
def test_a_bare_field_would_be_seen(field: str) -> None:
    assert bare_fields(f"class F(forms.Form):\n    words = forms.{field}(max_length=5)")


def test_no_box_has_the_browsers_limit() -> None:
    for field in (TypedTextField(max_length=5), TypedEmailField(max_length=5)):
        assert "maxlength" not in field.widget_attrs(field.widget)
    looked = 0
    for path in (ROOT / "templates").rglob("*.html"):
        looked += 1
        assert "maxlength" not in path.read_text(), path
    assert looked > 100


def forms_on(page: HttpResponse) -> Iterator[BaseForm]:
    """Yield each form that a page was drawn with."""
    for layer in page.context or ():
        for found in layer.dicts if hasattr(layer, "dicts") else [layer]:
            yield from (each for each in found.values() if isinstance(each, BaseForm))


def librarys_words() -> set[str]:
    """Return every message that a field or a validator of Django has when nobody gives it one."""
    words = set()
    for module in (django.forms.fields, django.forms.models, validators):
        for kind in vars(module).values():
            if isinstance(kind, type):
                messages = getattr(kind, "default_error_messages", {})
                words |= {str(each) for each in messages.values()}
                words.add(str(getattr(kind, "message", "")))
    return words - {""}


def borrowed_words(field: Field) -> list[str]:
    """Return the messages of the library that somebody could read beside a box."""
    theirs = librarys_words()
    said = dict(field.error_messages)
    if not field.required:
        said.pop("required", None)
    if isinstance(field, TypedTextField):
        said.pop("null_characters_not_allowed", None)  # Nothing unseen is left in it.
    for check in field.validators:
        code = getattr(check, "code", "")
        if not isinstance(check, validators.ProhibitNullCharactersValidator):
            said.setdefault(code, getattr(check, "message", ""))
    return [f"{code}: {words}" for code, words in said.items() if str(words) in theirs]


@pytest.mark.once
def test_no_library_speaks_to_people(worlds, ask, say) -> None:
    borrowed, looked = set(), 0
    for address in ADDRESSES:
        url = address.url(worlds.ours.kwargs(address.name))
        roles = CAPABILITIES.get(address.access or "")
        user = worlds.ours.by_role[min(roles)] if roles else None
        for form in forms_on(ask(user, "GET", url)):
            for bound in form.visible_fields():
                looked += 1
                name = f"{type(form).__name__}.{bound.name}"
                borrowed |= {f"{name} {each}" for each in borrowed_words(bound.field)}
    assert sorted(borrowed) == []
    assert looked > 300
    say(f"{looked} boxes, and no message of a library beside any")
