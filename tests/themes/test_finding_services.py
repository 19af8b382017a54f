"""Writing what was heard."""

import pytest
from django.core.exceptions import ValidationError

from themes.models import Finding
from themes.services import codebook, finding


def test_a_finding_is_written_once_and_changed_after(book, analyst, editor) -> None:
    first = finding.write_finding(
        theme=book.spaces, text={"en": "Parks matter.", "cy": "Mae parciau'n bwysig."}, by=analyst
    )
    second = finding.write_finding(theme=book.spaces, text={"en": "Parks matter most."}, by=editor)
    assert first == second
    assert second.by == editor
    assert second.text.out_of_date(["cy"]) == ["cy"]
    assert Finding.objects.count() == 1


def test_a_finding_needs_words(book, analyst) -> None:
    with pytest.raises(ValidationError):
        finding.write_finding(theme=book.spaces, text={"en": "", "cy": ""}, by=analyst)
    assert not Finding.objects.exists()


def test_a_finding_is_for_a_theme_that_stands(book, analyst) -> None:
    codebook.merge_themes(source=book.safety, into=book.spaces, by=analyst)
    for wrong in (book.parks, book.safety):
        with pytest.raises(finding.FindingNeedsTheme):
            finding.write_finding(theme=wrong, text={"en": "Words."}, by=analyst)


def test_a_finding_can_be_taken_down(book, analyst) -> None:
    written = finding.write_finding(theme=book.spaces, text={"en": "Words."}, by=analyst)
    finding.take_down_finding(finding=written, by=analyst)
    assert not Finding.objects.exists()
