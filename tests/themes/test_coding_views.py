"""The coding screen as the server answers it; tests/browser/test_coding.py uses its keys."""

import json

import pytest
from django.urls import reverse

from coproduction.projects.models import AuditEntry, Project, Session
from engagements.models import Comment, Concern
from tests.forms import drawn
from tests.themes.comments import make_comments, make_questions
from themes.models import Coding
from themes.services import codebook, coding

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def screen(project):
    """The coding screen's address."""
    return reverse("themes:coding", args=[project.slug])


@pytest.fixture
def undo(project):
    """Where an undo is sent."""
    return reverse("themes:coding_undo", args=[project.slug])


def codes_on(comment: Comment) -> set[str]:
    rows = Coding.objects.filter(comment=comment).select_related("theme")
    return {str(row.theme) for row in rows}


def test_the_screen_shows_the_question_and_where_it_was_said_and_nothing_of_the_person(
    desk, screen, project, book
) -> None:
    make_comments(
        project,
        "Mae'r parc yn hyfryd.",
        language="cy",
        descriptor="A shy teenager",
        consent=True,
        translation={"en": "The park is lovely."},
    )
    page = desk.get(screen).content.decode()
    words = page[page.index("<article") : page.index("</article>")]
    for said in ("What do we need?", "Open day", "Mae&#x27;r parc", "The park is lovely."):
        assert said in words
    assert 'lang="cy"' in words
    assert "shy teenager" not in page
    receipt = Comment.objects.get().submission.receipt
    assert receipt not in page


def test_each_code_shows_a_key_of_its_own(desk, screen, project, analyst, comments) -> None:
    for number in range(34):
        codebook.add_code(project=project, parent=None, name={"en": f"C{number}"}, by=analyst)
    codes = desk.get(screen).context["groups"][0]["codes"]
    keys = [each["code"].key for each in codes]
    assert keys[:10] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "a"]
    given = [key for key in keys if key]
    assert len(given) == len(set(given)) == 32
    assert not set(given) & set("suw/")


def test_saving_goes_on_to_the_next_and_says_what_was_saved(desk, screen, book, comments) -> None:
    sent = {"comment": comments[0].pk, "codes": [book.parks.uuid, book.police.uuid]}
    answer = desk.post(screen, sent, follow=True)
    assert codes_on(comments[0]) == {"Parks", "Police"}
    assert answer.context["comment"] == comments[1]
    assert "Saved: Parks, Police." in answer.content.decode()
    assert (answer.context["progress"].coded, answer.context["progress"].total) == (1, 5)


def test_what_was_ticked_and_unticked_comes_back_after_a_session_ended(
    desk, screen, book, comments, analyst
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks, book.litter], by=analyst)
    page = desk.get(screen, {"comment": comments[0].pk})
    kept = [str(book.litter.uuid), str(book.police.uuid)]
    Session.objects.all().delete()
    desk.post(screen, drawn(page, codes=kept))
    desk.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")
    answer = desk.post(screen, drawn(desk.get("/accounts/unsent/")), follow=True)
    assert sorted(drawn(answer)["codes"]) == sorted(kept)
    assert codes_on(comments[0]) == {"Parks", "Litter"}
    desk.post(screen, drawn(answer))
    assert codes_on(comments[0]) == {"Litter", "Police"}


def test_the_script_hears_what_was_saved_and_what_follows_at_once(
    desk, screen, book, comments
) -> None:
    sent = {"comment": comments[1].pk, "codes": [book.parks.uuid]}
    answer = desk.post(screen, sent, **JSON).json()
    assert answer["message"] == "Saved: Parks."
    assert answer["newly"] == 1
    assert answer["undo"]["added"] == [str(book.parks.uuid)]
    following = [comment.pk for comment in (*comments[2:], comments[0])]
    assert (answer["next"], keys_of(answer)) == (following, following)
    # What the page has already is not sent again, whether with a save or asked for by itself.
    have = [comments[2].pk, comments[0].pk, "words"]
    more = desk.get(screen, {"after": comments[1].pk, "have": have}, **JSON).json()
    assert (more["next"], keys_of(more)) == (following, [each.pk for each in comments[3:]])
    sent = {"comment": comments[2].pk, "codes": [book.parks.uuid], "have": have[1:]}
    answer = desk.post(screen, sent, **JSON).json()
    assert (answer["next"], keys_of(answer)) == (following[1:], [each.pk for each in comments[3:]])


def keys_of(answer) -> list[int]:
    """Return the keys of the comments drawn in an answer."""
    return [int(html.split('data-comment="')[1].split('"')[0]) for html in answer["comments"]]


def test_what_follows_a_save_is_of_the_question_chosen(
    desk, screen, project, book, comments
) -> None:
    strengths = make_comments(project, "The choir", "The band", kind="asset")
    asset = make_questions(project)["asset"]
    sent = {"comment": strengths[0].pk, "codes": [book.parks.uuid], "question": asset.uuid}
    assert desk.post(screen, sent, **JSON).json()["next"] == [strengths[1].pk]
    sent |= {"comment": strengths[1].pk, "question": "00000000-0000-0000-0000-000000000000"}
    assert desk.post(screen, sent, **JSON).json()["next"] == []


def test_saving_takes_few_queries_however_many_codings_there_are(
    desk, screen, project, book, analyst, count_queries
) -> None:
    many = make_comments(project, *[f"Comment {number}" for number in range(60)])

    def cost(comment: Comment) -> int:
        sent = {"comment": comment.pk, "codes": [book.parks.uuid]}
        with count_queries() as seen:
            assert desk.post(screen, sent, **JSON).status_code == 200
        return len([q for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]])

    cost(many[0])
    first = cost(many[1])
    pairs = [(comment, book.litter) for comment in many[3:50]]
    coding.code_comments(project=project, pairs=pairs, by=analyst)
    # What follows is among them.
    assert cost(many[2]) == first <= 11


def test_the_screen_costs_the_same_with_one_comment_and_three(
    desk, screen, project, book, assert_same_queries
) -> None:
    assert_same_queries(desk, screen, lambda number: make_comments(project, f"Comment {number}"))


def test_nothing_chosen_is_refused_and_the_comment_stays(desk, screen, comments, book) -> None:
    answer = desk.post(screen, {"comment": comments[0].pk}, follow=True)
    assert answer.context["comment"] == comments[0]
    assert "Choose at least one code" in answer.content.decode()
    refused = desk.post(screen, {"comment": comments[0].pk}, **JSON)
    assert refused.status_code == 409
    assert "Choose at least one code" in refused.json()["refused"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"comment": "words"},
        {"comment": "999999999"},
        {"comment": "9" * 30},
        {"comment": "9" * 4_400},
        {"comment": "1", "codes": ["words"]},
    ],
)
def test_nonsense_is_refused_in_a_sentence(desk, screen, book, comments, sent) -> None:
    assert desk.post(screen, sent, **JSON).status_code == 409
    assert desk.post(screen, sent, follow=True).status_code == 200
    assert not Coding.objects.exists()


def test_another_projects_comments_and_codes_are_not_there(
    desk, screen, undo, book, comments, other_project, other_coordinator
) -> None:
    theirs = make_comments(other_project, "Ours alone")[0]
    code = codebook.add_code(
        project=other_project, parent=None, name={"en": "Theirs"}, by=other_coordinator
    )
    for address in (screen, undo):
        for sent in (
            {"comment": theirs.pk, "codes": [book.parks.uuid], "added": [book.parks.uuid]},
            {"comment": comments[0].pk, "codes": [code.uuid], "added": [code.uuid]},
        ):
            assert desk.post(address, sent, **JSON).status_code == 409
    assert not Coding.objects.exists()
    assert "Ours alone" not in desk.get(screen, {"comment": theirs.pk}).content.decode()


def test_a_withheld_comment_is_answered_with_others(desk, screen, book, comments) -> None:
    Comment.objects.filter(pk=comments[0].pk).update(withheld="withdrawn")
    sent = {"comment": comments[0].pk, "codes": [book.parks.uuid]}
    refused = desk.post(screen, sent, **JSON).json()
    assert "no longer shown" in refused["refused"]
    assert refused["gone"]
    assert comments[0].text not in json.dumps(refused)
    answer = desk.post(screen, sent, follow=True)
    assert comments[0].text not in answer.content.decode()
    assert answer.context["comment"] == comments[1]


def test_undo_brings_the_comment_back_with_its_codes_ticked(
    desk, screen, undo, book, comments
) -> None:
    sent = {"comment": comments[0].pk, "codes": [book.parks.uuid]}
    answer = desk.post(screen, sent, follow=True)
    offered = answer.context["undo"]
    back = desk.post(undo, {"comment": offered["comment"], "added": offered["added"]}, follow=True)
    assert codes_on(comments[0]) == set()
    assert back.context["comment"] == comments[0]
    ticked = [
        str(each["code"])
        for group in back.context["groups"]
        for each in group["codes"]
        if each["ticked"]
    ]
    assert ticked == ["Parks"]


def test_undo_pressed_twice_speaks_of_nobody_else(desk, screen, undo, book, comments) -> None:
    sent = {"comment": comments[0].pk, "codes": str(book.parks.uuid)}
    offered = desk.post(screen, sent, **JSON).json()["undo"]
    assert desk.post(undo, offered, **JSON).json()["message"].startswith("Undone.")
    again = desk.post(undo, offered, **JSON).json()
    assert again["message"].startswith("That was undone already.")
    assert again["newly"] == 0


def test_undo_says_when_somebody_else_has_said_the_same_since(
    desk, screen, undo, book, comments, coordinator
) -> None:
    sent = {"comment": comments[0].pk, "codes": [book.parks.uuid]}
    offered = desk.post(screen, sent, **JSON).json()["undo"]
    coding.code_comment(comment=comments[0], codes=[book.parks], by=coordinator)
    answer = desk.post(undo, offered, **JSON).json()
    assert "1 code that somebody else" in answer["message"]
    assert codes_on(comments[0]) == {"Parks"}


def test_coding_the_same_comment_from_two_screens_is_no_error(
    desk, client_of, screen, book, comments, coordinator, analyst
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks], by=coordinator)
    sent = {"comment": comments[0].pk, "codes": [book.parks.uuid]}
    answer = desk.post(screen, sent, **JSON).json()
    assert answer["message"] == "Already coded by somebody else: Parks."
    assert answer["newly"] == 0


def test_changing_the_codes_of_a_coded_comment_leads_back(
    desk, screen, book, comments, analyst
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks, book.litter], by=analyst)
    back = f"{screen}?question="
    page = desk.get(screen, {"comment": comments[0].pk, "back": back})
    assert {code.pk for code in page.context["carried"]} == {book.parks.pk, book.litter.pk}
    sent = {
        "comment": comments[0].pk,
        "was": [book.parks.uuid, book.litter.uuid],
        "codes": [book.parks.uuid, book.traffic.uuid],
        "back": back,
    }
    assert desk.post(screen, sent)["Location"] == back
    assert codes_on(comments[0]) == {"Parks", "Traffic"}
    elsewhere = ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "x"]
    for way in (*elsewhere, "/\n", "/" * 3_000):
        answer = desk.post(screen, {**sent, "back": way})
        assert answer["Location"].startswith(f"{screen}?after=")
        assert desk.get(screen, {"comment": comments[0].pk, "back": way}).context["back"] == ""


def test_the_queue_can_be_narrowed_to_a_question(desk, screen, project, book, comments) -> None:
    strength = make_comments(project, "The choir", kind="asset")[0]
    asset = make_questions(project)["asset"]
    page = desk.get(screen, {"question": asset.uuid})
    assert page.context["comment"] == strength
    assert page.context["progress"].total == 1
    sent = {"comment": strength.pk, "codes": [book.parks.uuid], "question": asset.uuid}
    answer = desk.post(screen, sent, follow=True)
    assert answer.context["comment"] is None
    assert "Every comment is coded" in answer.content.decode()


def test_the_screen_says_what_to_do_when_there_is_nothing_to_code(
    desk, screen, project, analyst
) -> None:
    assert "There are no codes yet" in desk.get(screen).content.decode()
    codebook.add_code(project=project, parent=None, name={"en": "Parks"}, by=analyst)
    assert "No comments yet" in desk.get(screen).content.decode()


def test_a_worry_asks_once_then_hides_the_comment_and_goes_on(
    desk, screen, project, book, comments
) -> None:
    worry = reverse("themes:coding_concern", args=[project.slug])
    assert comments[0].text in desk.get(worry, {"comment": comments[0].pk}).content.decode()
    assert not Concern.objects.exists()
    answer = desk.post(worry, {"comment": comments[0].pk}, follow=True)
    comments[0].refresh_from_db()
    assert comments[0].withheld == "concern"
    assert answer.context["comment"] == comments[1]
    assert "The comment is hidden everywhere" in answer.content.decode()
    again = desk.get(worry, {"comment": comments[0].pk}, follow=True).content.decode()
    assert comments[0].text not in again


@pytest.mark.parametrize("lead", ["", "lead@bryn.example"])
def test_a_worry_says_whether_a_lead_is_told(desk, project, comments, lead) -> None:
    Project.objects.filter(pk=project.pk).update(safeguarding_lead=lead)
    worry = reverse("themes:coding_concern", args=[project.slug])
    page = desk.get(worry, {"comment": comments[0].pk}).content.decode()
    assert ("The safeguarding lead gets an e-mail" in page) == bool(lead)
    assert ("No safeguarding lead is named yet" in page) != bool(lead)
    answer = desk.post(worry, {"comment": comments[0].pk}, follow=True).content.decode()
    assert ("We are writing to the safeguarding lead" in answer) == bool(lead)
    assert ("no lead is named" in answer) != bool(lead)


def test_those_who_may_worry_and_not_code_go_on_to_the_comments(
    client_of, project, comments, coordinator, facilitator, editor
) -> None:
    worry = reverse("themes:coding_concern", args=[project.slug])
    for person, comment in zip((coordinator, facilitator, editor), comments, strict=False):
        own = client_of(person)
        page = own.get(worry, {"comment": comment.pk}).content.decode()
        assert f'href="{reverse("themes:coding", args=[project.slug])}?' not in page
        answer = own.post(worry, {"comment": comment.pk}, follow=True)
        assert answer.status_code == 200
        assert "The comment is hidden everywhere" in answer.content.decode()
        assert own.get(worry, {"comment": comment.pk}, follow=True).status_code == 200


def test_saving_leaves_one_entry_without_words(desk, screen, book, comments) -> None:
    before = AuditEntry.objects.count()
    desk.post(screen, {"comment": comments[0].pk, "codes": [book.parks.uuid]})
    assert AuditEntry.objects.count() == before + 1
    entry = AuditEntry.objects.last()
    assert entry.verb == "themes.comment_coded"
    assert entry.now["codes"] == [book.parks.pk]
