"""The tree of themes and codes: adding, wording, moving, ordering and removing."""

import pytest
from django.core.exceptions import ValidationError

from coproduction.projects.models import AuditEntry
from coproduction.projects.seen import Removed
from coproduction.projects.trail.verification import verify
from themes.models import Colour, Theme
from themes.queries.codebook import branches
from themes.services import codebook, coding, finding


def names(project) -> dict[str, list[str]]:
    return {
        str(branch.theme or ""): [str(code) for code in branch.codes]
        for branch in branches(project)
    }


def test_the_tree_comes_in_order_with_codes_under_no_theme_last(project, book) -> None:
    assert names(project) == {
        "Spaces": ["Parks", "Litter"],
        "Safety": ["Traffic", "Police"],
        "": ["Something else"],
    }


def test_the_tree_is_one_query(project, book, count_queries) -> None:
    with count_queries() as seen:
        for branch in branches(project):
            assert [code.parent and code.parent.colour for code in branch.codes]
    assert len(seen) == 1


def test_a_theme_without_a_colour_takes_a_free_one(project, book, analyst) -> None:
    free = [colour for colour in Colour.values if colour not in {"leaf", "plum"}]
    for number, colour in enumerate(free):
        theme = codebook.add_theme(project=project, name={"en": f"Theme {number}"}, by=analyst)
        assert theme.colour == colour
    again = codebook.add_theme(project=project, name={"en": "A seventh"}, by=analyst)
    assert again.colour in Colour.values


def test_a_name_is_needed(project, analyst) -> None:
    with pytest.raises(ValidationError):
        codebook.add_theme(project=project, name={"en": ""}, by=analyst)
    assert not Theme.objects.exists()


def test_the_same_name_in_the_same_place_is_refused_and_nothing_is_kept(
    project, book, analyst
) -> None:
    entries = AuditEntry.objects.count()
    with pytest.raises(codebook.NameUsed):
        codebook.add_theme(project=project, name={"en": "spaces"}, by=analyst)
    with pytest.raises(codebook.NameUsed):
        codebook.add_code(project=project, parent=book.spaces, name={"en": "PARKS"}, by=analyst)
    with pytest.raises(codebook.NameUsed):
        codebook.change_theme(theme=book.litter, name={"en": "Parks"}, by=analyst)
    assert AuditEntry.objects.count() == entries
    codebook.add_code(project=project, parent=book.safety, name={"en": "Parks"}, by=analyst)


def test_renaming_keeps_the_other_language_and_shows_it_is_out_of_date(book, analyst) -> None:
    theme = codebook.change_theme(theme=book.spaces, name={"en": "Places"}, by=analyst)
    assert theme.name.text("cy") == "Mannau"
    assert theme.name.out_of_date(["cy"]) == ["cy"]
    assert theme.colour == "leaf"


def test_moving_a_code_puts_it_after_the_others(project, book, analyst) -> None:
    codebook.move_code(code=book.parks, parent=book.safety, by=analyst)
    codebook.move_code(code=book.loose, parent=book.spaces, by=analyst)
    assert names(project) == {
        "Spaces": ["Litter", "Something else"],
        "Safety": ["Traffic", "Police", "Parks"],
    }


def test_a_theme_goes_under_nothing_and_a_code_under_themes_only(
    project, other_project, book, analyst, other_coordinator
) -> None:
    theirs = codebook.add_theme(project=other_project, name={"en": "Theirs"}, by=other_coordinator)
    with pytest.raises(codebook.NotACode):
        codebook.move_code(code=book.spaces, parent=book.safety, by=analyst)
    for parent in (book.parks, theirs):
        with pytest.raises(codebook.NotATheme):
            codebook.move_code(code=book.litter, parent=parent, by=analyst)
        with pytest.raises(codebook.NotATheme):
            codebook.add_code(project=project, parent=parent, name={"en": "New"}, by=analyst)


def test_moving_up_and_down_stops_at_the_ends(project, book, analyst) -> None:
    codebook.shift_theme(theme=book.litter, steps=-1, by=analyst)
    codebook.shift_theme(theme=book.litter, steps=-1, by=analyst)
    codebook.shift_theme(theme=book.spaces, steps=1, by=analyst)
    assert list(names(project)) == ["Safety", "Spaces", ""]
    assert names(project)["Spaces"] == ["Litter", "Parks"]


def test_what_nothing_rests_on_can_be_removed(project, book, analyst) -> None:
    codebook.remove_theme(theme=book.litter, by=analyst)
    assert names(project)["Spaces"] == ["Parks"]


def test_what_somebody_else_removed_is_refused_in_a_sentence(project, book, analyst) -> None:
    codebook.remove_theme(theme=Theme.objects.get(pk=book.litter.pk), by=analyst)
    entries = AuditEntry.objects.count()
    acts = [
        lambda: codebook.change_theme(theme=book.litter, name={"en": "Bins"}, by=analyst),
        lambda: codebook.move_code(code=book.litter, parent=book.safety, by=analyst),
        lambda: codebook.shift_theme(theme=book.litter, steps=1, by=analyst),
        lambda: codebook.remove_theme(theme=book.litter, by=analyst),
        lambda: codebook.merge_themes(source=book.litter, into=book.parks, by=analyst),
        lambda: codebook.merge_themes(source=book.parks, into=book.litter, by=analyst),
        lambda: codebook.undo_merge(source=book.litter, by=analyst),
        lambda: codebook.add_code(
            project=project, parent=book.litter, name={"en": "New"}, by=analyst
        ),
    ]
    for act in acts:
        with pytest.raises(Removed, match="removed"):
            act()
    assert AuditEntry.objects.count() == entries


def test_what_is_in_use_stays(project, book, analyst, comments) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    finding.write_finding(theme=book.safety, text={"en": "Cars."}, by=analyst)
    codebook.remove_theme(theme=book.traffic, by=analyst)
    codebook.remove_theme(theme=book.police, by=analyst)
    codebook.merge_themes(source=book.litter, into=book.loose, by=analyst)
    entries = AuditEntry.objects.count()
    for used in (book.parks, book.spaces, book.safety, book.loose):
        with pytest.raises(codebook.ThemeInUse):
            codebook.remove_theme(theme=used, by=analyst)
    assert AuditEntry.objects.count() == entries


def test_each_change_leaves_one_entry_without_words(project, book, analyst) -> None:
    before = AuditEntry.objects.filter(project=project).count()
    codebook.change_theme(theme=book.spaces, name={"en": "Places to be"}, by=analyst)
    codebook.move_code(code=book.parks, parent=None, by=analyst)
    codebook.shift_theme(theme=book.safety, steps=-1, by=analyst)
    codebook.remove_theme(theme=book.litter, by=analyst)
    assert AuditEntry.objects.filter(project=project).count() == before + 4
    assert verify(project).fault is None
