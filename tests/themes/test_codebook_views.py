"""Pages on which the tree of themes and codes is drawn up."""

from django.urls import reverse

from tests.forms import drawn
from tests.themes.comments import make_comments
from themes.models import Theme
from themes.services import codebook, coding
from themes.services.finding import write_finding


def test_the_tree_costs_the_same_with_one_code_and_three(
    project, analyst, desk, at, assert_same_queries
) -> None:
    def make_row(number: int) -> None:
        theme = codebook.add_theme(project=project, name={"en": f"Theme {number}"}, by=analyst)
        code = codebook.add_code(
            project=project, parent=theme, name={"en": f"Code {number}"}, by=analyst
        )
        comment = make_comments(project, f"Comment {number}")[0]
        coding.code_comment(comment=comment, codes=[code], by=analyst)

    assert_same_queries(desk, at("theme_tree"), make_row)


def test_the_numbers_cost_the_same_with_one_code_and_three(
    project, analyst, desk, at, assert_same_queries
) -> None:
    def make_row(number: int) -> None:
        code = codebook.add_code(
            project=project, parent=None, name={"en": f"Code {number}"}, by=analyst
        )
        comment = make_comments(project, f"Comment {number}")[0]
        coding.code_comment(comment=comment, codes=[code], by=analyst)

    assert_same_queries(desk, at("theme_counts"), make_row)


def test_pages_say_that_the_numbers_do_not_add_up(desk, at, book) -> None:
    pages = [desk.get(at(name)).content.decode() for name in ("theme_tree", "theme_counts")]
    assert ["don't add up" in page for page in pages] == [True, True]


def test_an_empty_codebook_says_what_to_do(desk, at, client_of, coordinator) -> None:
    assert at("code_add") in desk.get(at("theme_tree")).content.decode()
    assert at("code_add") not in client_of(coordinator).get(at("theme_tree")).content.decode()


def test_adding_a_theme_and_a_code_under_it(project, desk, at) -> None:
    sent = {"name_en": "Parks", "name_cy": "Parciau", "definition_en": "Green places."}
    answer = desk.post(at("theme_add"), {**sent, "colour": "leaf"})
    theme = Theme.objects.get()
    assert answer["Location"] == f"{at('theme_tree')}#t-{theme.uuid}"
    assert (theme.name.text("cy"), theme.colour) == ("Parciau", "leaf")
    desk.post(at("code_add"), {"name_en": "Swings", "parent": theme.uuid})
    assert Theme.objects.get(kind="code").parent == theme
    page = desk.get(at("theme_tree")).content.decode()
    assert "Swings" in page
    assert "Green places." in page


def test_a_theme_needs_a_name_and_a_colour(desk, at) -> None:
    page = desk.post(at("theme_add"), {"name_en": ""}).content.decode()
    assert "Enter a name." in page
    assert "Choose a colour." in page
    assert not Theme.objects.exists()


def test_a_name_used_already_is_refused_beside_its_box(desk, at, book) -> None:
    answer = desk.post(at("theme_add"), {"name_en": "Spaces", "colour": "sky"})
    assert answer.status_code == 409
    assert "That name is used already" in answer.content.decode()


def test_another_projects_theme_cannot_be_a_parent(
    desk, at, other_project, other_coordinator
) -> None:
    theirs = codebook.add_theme(project=other_project, name={"en": "Theirs"}, by=other_coordinator)
    answer = desk.post(at("code_add"), {"name_en": "Swings", "parent": theirs.uuid})
    assert "Choose a theme from the list." in answer.content.decode()
    assert not Theme.objects.filter(kind="code").exists()


def test_a_code_added_from_the_coding_screen_leads_back_there(desk, at, comments) -> None:
    answer = desk.post(f"{at('code_add')}?comment={comments[0].pk}", {"name_en": "Swings"})
    code = Theme.objects.get()
    assert answer["Location"] == f"{at('coding')}?comment={comments[0].pk}&code={code.uuid}"
    page = desk.get(answer["Location"])
    assert page.context["comment"] == comments[0]
    assert page.context["groups"][0]["codes"][0]["ticked"]


def test_changing_and_moving_a_code(desk, at, book) -> None:
    sent = {"name_en": "Rubbish", "definition_en": "Bins and mess."}
    desk.post(at("theme_change", book.litter), sent)
    desk.post(at("code_move", book.litter), {"parent": book.safety.uuid})
    book.litter.refresh_from_db()
    assert (str(book.litter), book.litter.parent) == ("Rubbish", book.safety)
    desk.post(at("code_move", book.litter), {"parent": ""})
    book.litter.refresh_from_db()
    assert book.litter.parent is None


def test_moving_up_and_down(project, desk, at, book) -> None:
    desk.post(at("theme_shift", book.litter), {"way": "up"})
    answer = desk.post(at("theme_shift", book.spaces), {"way": "down"})
    assert answer["Location"] == f"{at('theme_tree')}#down-{book.spaces.uuid}"
    page = desk.get(at("theme_tree")).content.decode()
    assert f'id="down-{book.spaces.uuid}"' in page
    assert page.count("“Spaces” is now number 2 of 2.") == 2
    order = [page.index(f"t-{each.uuid}") for each in (book.safety, book.litter, book.parks)]
    assert order == sorted(order)


def test_removing_asks_once_and_refuses_what_is_in_use(desk, at, book, comments, analyst) -> None:
    assert "Remove it" in desk.get(at("theme_remove", book.litter)).content.decode()
    assert Theme.objects.filter(pk=book.litter.pk).exists()
    desk.post(at("theme_remove", book.litter))
    assert not Theme.objects.filter(pk=book.litter.pk).exists()
    for name in ("theme_remove", "theme_shift", "theme_merge", "comment_code"):
        again = desk.post(at(name, book.litter), follow=True)
        assert again.redirect_chain == [(at("theme_tree"), 302)], name
        assert "You have removed this already." in again.text
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    answer = desk.post(at("theme_remove", book.parks))
    assert answer.status_code == 409
    assert at("theme_merge", book.parks) in answer.content.decode()


def test_the_tree_lists_what_is_public_and_what_is_missing(
    client_of, analyst, project, book
) -> None:
    tree = reverse("themes:theme_tree", args=[project.slug])
    client = client_of(analyst)
    assert "What we heard is not written yet." in client.get(tree).content.decode()
    write_finding(theme=book.spaces, text={"en": "People love the park."}, by=analyst)
    page = client.get(tree).content.decode()
    assert "Residents can read it now in English. Welsh is missing." in page


def test_what_two_people_change_of_a_theme_is_both_kept(desk, at, book) -> None:
    address = at("theme_change", book.spaces)
    first, second = desk.get(address), desk.get(address)
    assert desk.post(address, drawn(first, name_cy="Parciau")).status_code == 302
    assert (
        desk.post(address, drawn(second, definition_en="Green", colour="amber")).status_code == 302
    )
    theme = Theme.objects.get(pk=book.spaces.pk)
    assert (theme.name.text("cy"), theme.definition.text("en")) == ("Parciau", "Green")
    assert theme.colour == "amber"


def test_two_names_of_one_code_are_shown_beside_each_other(desk, at, book) -> None:
    address = at("theme_change", book.parks)
    first, second = desk.get(address), desk.get(address)
    desk.post(address, drawn(first, name_en="Green places"))
    clash = desk.post(address, drawn(second, name_en="Playgrounds"))
    assert clash.status_code == 409
    assert "Green places" in clash.text
    assert drawn(clash)["name_en"] == ["Playgrounds"]
    assert Theme.objects.get(pk=book.parks.pk).name.text("en") == "Green places"


def test_a_code_moved_two_ways_stays_until_somebody_has_seen_both(desk, at, book) -> None:
    address = at("code_move", book.loose)
    first, second = desk.get(address), desk.get(address)
    desk.post(address, drawn(first, parent=str(book.spaces.uuid)))
    clash = desk.post(address, drawn(second, parent=str(book.safety.uuid)))
    assert clash.status_code == 409
    assert Theme.objects.get(pk=book.loose.pk).parent == book.spaces
    desk.post(address, drawn(clash))
    assert Theme.objects.get(pk=book.loose.pk).parent == book.safety


def test_a_theme_and_a_code_sent_twice_are_added_once(desk, at) -> None:
    for name, more in (("theme_add", {"colour": "leaf"}), ("code_add", {})):
        sent = drawn(desk.get(at(name)), name_en="Parks", **more)
        answers = [desk.post(at(name), sent) for _time in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
    assert Theme.objects.count() == 2


def test_a_theme_that_somebody_changed_since_is_not_removed_unread(desk, at, book) -> None:
    address = at("theme_remove", book.litter)
    asked = drawn(desk.get(address))
    change = at("theme_change", book.litter)
    desk.post(change, drawn(desk.get(change), definition_en="Bins too"))
    late = desk.post(address, asked, follow=True)
    assert "since you opened the page" in late.text
    assert desk.post(address, drawn(late)).status_code == 302
    assert not Theme.objects.filter(pk=book.litter.pk).exists()


def test_a_code_is_given_another_key_and_the_two_swap(desk, at, book) -> None:
    address = at("theme_change", book.parks)
    page = desk.get(address)
    had = book.parks.key, book.litter.key
    assert f"{book.litter.key} (Litter)" in page.content.decode()
    desk.post(address, drawn(page, key=book.litter.key))
    book.parks.refresh_from_db()
    book.litter.refresh_from_db()
    assert (book.litter.key, book.parks.key) == had
    assert "key" not in desk.get(at("theme_change", book.spaces)).context["form"].fields
    tree = desk.get(at("theme_tree")).content.decode()
    assert f'<kbd class="key-hint">{book.parks.key}</kbd>' in tree
