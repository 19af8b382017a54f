"""The theme pack."""

from tests.workshops.material import (
    at,
    make_coding,
    make_comment,
    make_finding,
    make_quote,
    make_theme,
    make_workshop,
)


def test_the_theme_pack_holds_what_may_be_handed_out(client, project, facilitator, analyst) -> None:
    theme = make_theme(project)
    code = make_theme(project, "Swings", parent=theme)
    comments = [make_comment(project, f"Swings {number}") for number in range(12)]
    for comment in comments:
        make_coding(comment, code, analyst)
    make_coding(make_comment(project, "Old ones", question="change"), code, analyst)
    make_finding(theme, analyst, "People miss the park.")
    for comment, consent in ((comments[0], True), (comments[1], False)):
        comment.quote_consent = consent
        comment.save()
        make_quote(comment, theme, analyst)
    workshop = make_workshop(project, theme=theme)
    page = client.get(at("theme_pack", project, uuid=workshop.uuid)).content.decode()
    assert "People miss the park." in page
    assert "<strong>10+</strong>" in page
    assert "Swings 0" in page
    # Nobody agreed to this one being quoted.
    assert "Swings 1<" not in page
    # One on "change" is too few to show; twelve beside it would give it away.
    assert page.count("not shown") == 2


def test_the_theme_pack_costs_the_same(client, project, analyst, assert_same_queries) -> None:
    theme = make_theme(project)
    workshop = make_workshop(project, theme=theme)

    def make_row(number: int) -> None:
        code = make_theme(project, f"Code {number}", parent=theme)
        comment = make_comment(project)
        comment.quote_consent = True
        comment.save()
        make_coding(comment, code, analyst)
        make_quote(comment, theme, analyst)

    assert_same_queries(client, at("theme_pack", project, uuid=workshop.uuid), make_row, limit=14)
