"""What people type comes in by one door, whatever form it is typed into."""

import ast

import pytest

from coproduction.languages.forms import TypedEmailField, TypedTextField
from tests.architecture.sources import ROOT, modules

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
