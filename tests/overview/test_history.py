"""The history in words: every change that is recorded can be said, in both languages."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from coproduction.celery import app
from coproduction.projects.templatetags.projects import verb
from engagements.models import Concern, HoldDecision
from overview.history import CHANGES
from tests.architecture.sources import OWN, modules

app.loader.import_default_modules()  # A job's name looks like a verb.
VERB = re.compile(rf"(?:{'|'.join(OWN[1:])}|projects)\.[a-z_]+")
# What services record by a word of their own: f"engagements.concern_{outcome}".
OUTCOMES = {
    "engagements.concern_": Concern.Outcome.values,
    "engagements.answers_": HoldDecision.Outcome.values,
}

# What a migration records, of what was there before.
OF_MIGRATIONS = {"projects.records_attested"}


def recorded_verbs() -> Iterator[str]:
    """Yield what the services record of their changes, wherever in their code it is written."""
    for path in modules():
        if "services" in path.as_posix():
            yield from _verbs_in(ast.parse(path.read_text()))


def _verbs_in(node: ast.AST) -> Iterator[str]:
    """Yield the verbs below a node; of an f-string, one for each word it may hold."""
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        beginning = str(node.values[0].value)
        if VERB.fullmatch(f"{beginning}x"):
            # Fails for an f-string whose words nobody has listed.
            yield from (f"{beginning}{word}" for word in OUTCOMES[beginning] if word)
        return
    if isinstance(node, ast.Constant) and VERB.fullmatch(str(node.value)):
        if node.value not in app.tasks:
            yield str(node.value)
    for below in ast.iter_child_nodes(node):
        yield from _verbs_in(below)


def test_no_way_of_writing_a_verb_goes_unseen() -> None:
    code = """
ledger.record("themes.one" if found else "themes.two")
change(verb="themes.three")
VERBS = {"a": "themes.four"}
ledger.record(f"engagements.concern_{outcome}")
"""
    assert set(_verbs_in(ast.parse(code))) == {
        *("themes.one", "themes.two", "themes.three", "themes.four"),
        *(f"engagements.concern_{outcome}" for outcome in Concern.Outcome.values if outcome),
    }
    with pytest.raises(KeyError):
        set(_verbs_in(ast.parse('ledger.record(f"themes.{unknown}")')))


def test_every_recorded_change_has_its_words() -> None:
    verbs = set(recorded_verbs()) | OF_MIGRATIONS
    assert len(verbs) > 60
    with translation.override("en"):
        said = {verb(each) for each in verbs}
    assert sorted(said - set(CHANGES)) == []
    assert sorted(set(CHANGES) - said) == []


def test_a_change_is_told_in_the_language_of_the_page() -> None:
    for language, told in [("en", "Theme removed"), ("cy", "Tynnwyd thema")]:
        with translation.override(language):
            assert verb("themes.theme_removed") == told
