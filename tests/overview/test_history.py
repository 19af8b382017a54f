"""The history in words: every change that is recorded can be said, in both languages."""

import ast
import re
from collections.abc import Iterator

from django.utils import translation

from coproduction.projects.templatetags.projects import verb
from engagements.models import Concern
from overview.history import CHANGES
from tests.architecture.sources import OWN, modules

VERB = re.compile(rf"(?:{'|'.join(OWN[1:])}|projects)\.[a-z_]+")
# What services record by a word of their own: f"engagements.concern_{outcome}".
OUTCOMES = {"engagements.concern_": Concern.Outcome.values}


def recorded_verbs() -> Iterator[str]:
    """Yield what the services record of their changes."""
    for path in modules():
        if "services" not in path.as_posix():
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                for given in node.args:
                    yield from _verbs(given)


def _verbs(given: ast.expr) -> Iterator[str]:
    """Yield the verbs that an argument may be; of an f-string, one for each word it may hold."""
    if isinstance(given, ast.Constant) and VERB.fullmatch(str(given.value)):
        yield str(given.value)
    elif isinstance(given, ast.JoinedStr) and isinstance(given.values[0], ast.Constant):
        beginning = str(given.values[0].value)
        if VERB.fullmatch(beginning):
            # Fails for an f-string whose words nobody has listed.
            yield from (f"{beginning}{word}" for word in OUTCOMES[beginning] if word)


def test_every_recorded_change_has_its_words() -> None:
    verbs = set(recorded_verbs())
    assert len(verbs) > 60
    with translation.override("en"):
        said = {verb(each) for each in verbs}
    assert sorted(said - set(CHANGES)) == []
    assert sorted(set(CHANGES) - said) == []


def test_a_change_is_told_in_the_language_of_the_page() -> None:
    for language, told in [("en", "Theme removed"), ("cy", "Tynnwyd thema")]:
        with translation.override(language):
            assert verb("themes.theme_removed") == told
