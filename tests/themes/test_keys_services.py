"""Keys belong to codes: dealt once, kept when the tree changes, swapped by a person alone."""

import pytest
from django.db import IntegrityError

from themes.models import KEYS, Theme
from themes.services import codebook
from themes.services.keys import NoSuchKey


def keys_of(project) -> dict[str, str]:
    """Return the key of each current code by its name."""
    return {str(code): code.key for code in Theme.objects.of(project).codes()}


def change(code: Theme, by, **more) -> Theme:
    """Change a code, keeping its name."""
    return codebook.change_theme(theme=code, name={"en": str(code)}, by=by, **more)


def test_each_new_code_is_dealt_a_key_and_no_other_loses_its_own(project, book, analyst) -> None:
    before = keys_of(project)
    assert sorted(before.values()) == list(KEYS[: len(before)])
    new = codebook.add_code(project=project, parent=book.spaces, name={"en": "Benches"}, by=analyst)
    assert keys_of(project) == before | {"Benches": KEYS[len(before)]}
    codebook.shift_theme(theme=new, steps=-2, by=analyst)
    codebook.move_code(code=new, parent=book.safety, by=analyst)
    codebook.shift_theme(theme=book.safety, steps=-1, by=analyst)
    assert keys_of(project) == before | {"Benches": KEYS[len(before)]}


def test_a_code_past_the_last_key_has_none_and_one_that_goes_frees_its_own(
    project, book, analyst
) -> None:
    there = len(keys_of(project))
    made = [
        codebook.add_code(project=project, parent=None, name={"en": f"Code {n}"}, by=analyst)
        for n in range(len(KEYS) - there + 1)
    ]
    assert [bool(code.key) for code in made] == [True] * (len(made) - 1) + [False]
    codebook.remove_theme(theme=made[0], by=analyst)
    new = codebook.add_code(project=project, parent=None, name={"en": "Late"}, by=analyst)
    assert new.key == made[0].key


def test_a_key_that_another_has_is_swapped(project, book, analyst) -> None:
    parks, litter = book.parks, book.litter
    had = parks.key, litter.key
    change(parks, analyst, key=litter.key)
    parks.refresh_from_db()
    litter.refresh_from_db()
    assert (litter.key, parks.key) == had
    change(parks, analyst, key="z")
    assert keys_of(project)["Parks"] == "z"
    change(parks, analyst, key="")
    assert keys_of(project)["Parks"] == ""
    # One who has none takes another's: that one then has none.
    change(parks, analyst, key=keys_of(project)["Litter"])
    assert keys_of(project)["Litter"] == ""
    with pytest.raises(NoSuchKey):
        change(parks, analyst, key="u")


def test_a_change_of_the_name_keeps_the_key(project, book, analyst) -> None:
    before = book.parks.key
    codebook.change_theme(theme=book.parks, name={"en": "Green"}, by=analyst)
    assert keys_of(project)["Green"] == before


def test_a_merged_code_has_its_key_again_unless_another_has_it_now(project, book, analyst) -> None:
    parks, litter = book.parks, book.litter
    codebook.merge_themes(source=parks, into=litter, by=analyst)
    new = codebook.add_code(project=project, parent=None, name={"en": "New"}, by=analyst)
    # Fingers know what it meant: it is dealt last.
    assert new.key != parks.key
    codebook.undo_merge(source=parks, by=analyst)
    assert keys_of(project)["Parks"] == parks.key
    codebook.merge_themes(source=Theme.objects.get(pk=parks.pk), into=litter, by=analyst)
    change(new, analyst, key=parks.key)
    codebook.undo_merge(source=Theme.objects.get(pk=parks.pk), by=analyst)
    now = keys_of(project)
    assert now["New"] == parks.key
    assert now["Parks"] not in {"", parks.key}
    assert len(set(now.values())) == len(now)


def test_two_codes_cannot_have_one_key(project, book) -> None:
    with pytest.raises(IntegrityError):
        Theme.objects.filter(pk=book.parks.pk).update(key=book.litter.key)


def test_a_theme_has_no_key(project, book) -> None:
    with pytest.raises(IntegrityError):
        Theme.objects.filter(pk=book.spaces.pk).update(key="z")
