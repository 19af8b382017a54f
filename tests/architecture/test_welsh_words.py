"""The Welsh is Welsh: each word is one the dictionary knows, and begins as the one before asks."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from cymraeg_mcp.mutations import MutationEngine
from cymraeg_mcp.paths import mutation_rules_path
from cymraeg_mcp.spelling import known, lookup
from cymraeg_mcp.tokenizer import tokenize

from tests.architecture.sources import ROOT

STORY = ROOT / "sample/story"
# What the dictionary or the rules don't know, and people found to be right.
ACCEPTED = Path(__file__).with_name("welsh_words.txt")
# What is no word of a sentence: places to fill in, tags, addresses, codes.
NOT_WORDS = re.compile(
    r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}|<[^>]+>|&\w+;|https?://\S+|\S+\.(?:org|csv)\b"
)
# "aelodau'r", "â'i": the word before the apostrophe is a word of its own.
CLITIC = re.compile(r"['’](?:r|n|i|u|w|m|ch|th)$", re.IGNORECASE)


def catalogue() -> Iterator[str]:
    """Yield every Welsh string of the interface."""
    with (ROOT / "locale/cy/LC_MESSAGES/django.po").open("rb") as file:
        for message in read_po(file, locale="cy"):
            if message.id:
                strings = message.string
                yield from (strings,) if isinstance(strings, str) else strings


def in_welsh(value: Any) -> Iterator[str]:
    """Yield the Welsh of a text in two languages, however deep it stands."""
    if isinstance(value, dict):
        if isinstance(value.get("cy"), str):
            yield value["cy"]
        for each in value.values():
            yield from in_welsh(each)
    elif isinstance(value, list):
        for each in value:
            yield from in_welsh(each)


def sample() -> Iterator[str]:
    """Yield the Welsh of the sample, but for the comments: those are as people speak."""
    for path in sorted(STORY.glob("*.toml")):
        yield from in_welsh(tomllib.loads(path.read_text()))


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """All the Welsh there is, without what is no word."""
    found = [NOT_WORDS.sub(" , ", text) for text in (*catalogue(), *sample())]
    assert len(found) > 1_500
    return found


@pytest.fixture(scope="module")
def accepted() -> set[str]:
    """The words and pairs that people accepted."""
    lines = ACCEPTED.read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def is_known(word: str) -> bool:
    """Say whether the dictionary has a word, as it stands or without what is tied to it."""
    return known(word) or known(CLITIC.sub("", word))


def test_every_word_is_in_the_dictionary_or_accepted(texts: list[str], accepted: set[str]) -> None:
    words = {token.text.strip("'’") for text in texts for token in tokenize(text)} - {""}
    assert len(words) > 2_000
    unknown = {
        word
        for word in words
        if not word.isupper() and not any(map(str.isdigit, word)) and not is_known(word)
    }
    assert sorted({word.lower() for word in unknown} - accepted) == []


def test_every_mutation_is_right_or_accepted(texts: list[str], accepted: set[str]) -> None:
    engine = MutationEngine(mutation_rules_path(), lookup)
    assert [found.word for found in engine.check_text("i pawb")] == ["pawb"]
    pairs = {
        f"{found.trigger} {found.word}".lower()
        for text in texts
        for found in engine.check_text(text)
    }
    assert sorted(pairs - accepted) == []


def test_nothing_is_accepted_that_is_said_nowhere(texts: list[str], accepted: set[str]) -> None:
    every = " ".join(" ".join(token.text for token in tokenize(text)) for text in texts).lower()
    assert [each for each in sorted(accepted) if each not in every] == []
