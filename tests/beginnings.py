"""What a test begins with: made once a session for all tests that begin alike, copied into each."""

from collections.abc import Callable
from inspect import signature
from typing import Any

import pytest

Beginning = dict[str, Any]

# Each maker takes, by name, what others have made before it.
_MAKERS: dict[str, Callable[..., Any]] = {}


def beginning(make: Callable[..., Any]) -> Any:
    """Turn a maker into the fixture of its name, which gives a copy of what it made.

    Its arguments are other beginnings. All that one test asks for is made in one go, in the order
    in which the makers are written, and before anything else in the test.
    """
    name = make.__name__
    assert name not in _MAKERS, f"two beginnings are called {name}"
    assert set(signature(make).parameters) <= _MAKERS.keys(), f"{name}: of what is made before it"
    _MAKERS[name] = make

    @pytest.fixture(name=name)
    def begun_with(begun: Beginning) -> Any:
        return begun[name]

    begun_with.__doc__ = make.__doc__
    return begun_with


def asked_for(names: list[str]) -> tuple[str, ...]:
    """Pick the beginnings out of the fixtures of a test, with what they need, in their order."""
    wanted = _MAKERS.keys() & set(names)
    for name in reversed(_MAKERS):
        if name in wanted:
            wanted |= signature(_MAKERS[name]).parameters.keys()
    return tuple(name for name in _MAKERS if name in wanted)


def begin(names: tuple[str, ...]) -> Beginning:
    """Make what a test begins with."""
    begun: Beginning = {}
    for name in names:
        make = _MAKERS[name]
        begun[name] = make(**{needed: begun[needed] for needed in signature(make).parameters})
    return begun
