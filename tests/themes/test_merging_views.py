"""Pages on which two themes or codes become one, and are taken apart again."""

from tests.forms import forms_on
from themes.models import Coding, Theme
from themes.services import codebook, coding


def test_a_merge_shows_first_what_it_will_do(desk, at, book, comments, analyst) -> None:
    coding.code_comment(comment=comments[0], codes=[book.litter], by=analyst)
    coding.code_comment(comment=comments[1], codes=[book.litter, book.parks], by=analyst)
    choose = desk.get(at("theme_merge", book.litter)).content.decode()
    assert f'<option value="{book.parks.uuid}"' in choose
    assert f'<option value="{book.spaces.uuid}"' not in choose
    page = desk.get(at("theme_merge", book.litter), {"into": book.parks.uuid})
    assert (page.context["own"], page.context["others"]) == (2, 1)
    assert (page.context["both"], page.context["together"]) == (1, 2)
    assert not Theme.objects.filter(merged_into__isnull=False).exists()


def test_merging_and_undoing_it_from_the_page_it_leads_to(
    desk, at, book, comments, analyst
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.litter], by=analyst)
    answer = desk.post(at("theme_merge", book.litter), {"into": book.parks.uuid}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == at("theme", book.parks)
    assert at("theme_unmerge", book.litter) in page
    assert comments[0].text in page
    # Old links to what was merged lead on.
    assert desk.get(at("theme", book.litter))["Location"] == at("theme", book.parks)
    answer = desk.post(at("theme_unmerge", book.litter), follow=True)
    assert "The merge is undone" in answer.content.decode()
    assert Coding.objects.get().theme == book.litter
    again = desk.post(at("theme_unmerge", book.litter), follow=True)
    assert "there is nothing to undo" in again.content.decode()


def test_merging_themes_says_which_codes_and_that_its_finding_goes(
    desk, at, book, analyst, comments
) -> None:
    page = desk.get(at("theme_merge", book.safety), {"into": book.spaces.uuid}).content.decode()
    assert "Traffic" in page
    assert "Police" in page
    answer = desk.post(at("theme_merge", book.safety), {"into": book.parks.uuid})
    assert "Choose from the list." in answer.content.decode()


def test_a_merge_made_since_is_not_undone_by_an_older_page(desk, at, book, analyst) -> None:
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    unmerge = at("theme_unmerge", book.litter)
    page = desk.get(at("theme", book.parks))
    button = next(form for form in forms_on(page) if form.action == unmerge)
    codebook.undo_merge(source=book.litter, by=analyst)
    codebook.merge_themes(source=book.litter, into=book.traffic, by=analyst)
    late = desk.post(unmerge, dict(button.form_values()), follow=True)
    assert "since you opened the page" in late.text
    assert Theme.objects.get(pk=book.litter.pk).merged_into == book.traffic


def test_who_merges_what_somebody_else_just_merged_is_told(desk, at, book, analyst) -> None:
    asked = at("theme_merge", book.litter)
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    late = desk.post(asked, {"into": book.traffic.uuid}, follow=True)
    assert "already merged" in late.text
    assert Theme.objects.get(pk=book.litter.pk).merged_into == book.parks
