"""The pages of questions: what they offer, what they do, and what they refuse."""

import pytest
from django.db import transaction
from django.urls import reverse

from engagements.forms.comment_filter import CommentFilterForm
from engagements.forms.import_batch import ColumnsForm, UploadForm
from engagements.forms.paste import PasteForm
from engagements.forms.submission import SurveyAnswerForm, TypeForm
from engagements.forms.survey import NewSurveyForm
from engagements.imports.columns import Columns
from engagements.models import GIVEN, Comment, Question, Symbol
from engagements.services.question import add_question
from engagements.services.survey import open_survey
from tests.forms import drawn

PLAY = {
    "name_en": "Play",
    "name_cy": "Chwarae",
    "wording_en": "Where do children play?",
    "wording_cy": "Ble mae plant yn chwarae?",
    "symbol": Symbol.SKY_HEXAGON,
}


@pytest.fixture
def carys(client_of, coordinator):
    """The co-ordinator's browser."""
    return client_of(coordinator)


def asked(project) -> list[str]:
    """Return the codes of what is asked, in order."""
    return list(Question.objects.of(project).asked().values_list("kind", flat=True))


def test_a_project_without_questions_begins_with_the_usual_ones(project, carys) -> None:
    assert "Ask the usual questions" in carys.get("/bryn/engagements/questions/").text
    assert not Question.objects.of(project).exists()
    page = carys.post("/bryn/engagements/questions/begin/", follow=True).text
    assert page.count('<li class="panel') == len(GIVEN)
    assert asked(project) == ["asset", "need", "change"]


def test_nobody_else_changes_the_questions(project, questions, client_of, facilitator) -> None:
    ffion = client_of(facilitator)
    close = f"/bryn/engagements/questions/{questions['need'].uuid}/close/"
    for url in ("/bryn/engagements/questions/add/", close):
        assert ffion.post(url, PLAY).status_code == 403
    assert asked(project) == ["asset", "need", "change"]


def test_a_fourth_and_a_fifth_question_are_added(project, questions, carys) -> None:
    page = carys.post("/bryn/engagements/questions/add/", PLAY, follow=True).text
    assert "The question is added." in page
    assert '<p lang="cy" dir="ltr">Ble mae plant yn chwarae?</p>' in page
    form = carys.get("/bryn/engagements/questions/add/").text
    assert f'value="{Symbol.LEAF_STAR}"' in form
    assert f'value="{Symbol.SKY_HEXAGON}"' not in form
    more = {"name_en": "Getting about", "wording_en": "How do you travel?", "symbol": "leaf-star"}
    answer = carys.post("/bryn/engagements/questions/add/", more)
    assert answer.url == "/bryn/engagements/questions/#getting-about"
    assert asked(project) == ["asset", "need", "change", "play", "getting-about"]


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"name_en": "", "name_cy": ""}, 200, "Enter a short name for the question."),
        ({"wording_en": "", "wording_cy": ""}, 200, "Write how you will ask this question."),
        ({"symbol": "tartan"}, 200, "Choose a colour from the list."),
        ({"symbol": Symbol.TEAL_SQUARE}, 409, "Another question has that colour and shape."),
        ({"wording_en": "What do we need?"}, 409, "Another question has the same words."),
    ],
)
def test_what_a_question_lacks_is_said_on_its_form(
    project, questions, carys, typed, status, said
) -> None:
    answer = carys.post("/bryn/engagements/questions/add/", PLAY | typed)
    assert answer.status_code == status
    assert said in answer.text
    assert len(asked(project)) == 3


def test_there_is_no_room_for_a_ninth_question(project, coordinator, questions, carys) -> None:
    for number in range(5):
        words = {"en": f"Number {number}"}
        add_question(project=project, name=words, wording=words, by=coordinator)
    page = carys.get("/bryn/engagements/questions/").text
    assert "A project can have eight questions" in page
    assert "Add a question" not in page
    answer = carys.post("/bryn/engagements/questions/add/", PLAY)
    assert answer.status_code == 409
    assert "Change one of them instead." in answer.text
    assert len(asked(project)) == 8


def test_a_given_question_is_called_something_else_and_given_its_name_back(
    project, questions, carys
) -> None:
    url = f"/bryn/engagements/questions/{questions['need'].uuid}/change/"
    form = carys.get(url).text
    assert "Leave it empty to call it “What we need”." in form
    assert "What do we need?" in form
    typed = {"name_en": "Wants", "wording_en": "What do you want?", "symbol": "berry-plus"}
    page = carys.post(url, typed, follow=True).text
    assert "Wants" in page
    assert "What we need" not in page
    need = Question.objects.of(project).get(kind="need")
    assert (need.wording.text("en"), need.colour) == ("What do you want?", "berry")
    assert "What we need" in carys.post(url, typed | {"name_en": ""}, follow=True).text


def test_anything_else_is_renamed_and_keeps_its_symbol(project, questions, carys) -> None:
    url = f"/bryn/engagements/questions/{questions['none'].uuid}/change/"
    assert "Colour and shape" not in carys.get(url).text
    carys.post(url, {"name_en": "The rest", "wording_en": "What else?"})
    rest = Question.objects.of(project).get(kind="none")
    assert (str(rest), rest.symbol) == ("The rest", Symbol.SLATE_BUBBLE)


def test_questions_are_moved(project, questions, carys) -> None:
    page = carys.get("/bryn/engagements/questions/").text
    # The first can't go up nor the last down; "anything else" stays where it is.
    assert (page.count("Move up"), page.count("Move down")) == (2, 2)
    url = f"/bryn/engagements/questions/{questions['need'].uuid}/move/"
    assert carys.post(url, {"to": "up"}).url.endswith("/questions/#need")
    assert asked(project) == ["need", "asset", "change"]
    carys.post(url, {"to": "down"})
    assert asked(project) == ["asset", "need", "change"]


def test_a_question_is_asked_no_more_and_again(project, questions, carys) -> None:
    url = f"/bryn/engagements/questions/{questions['change'].uuid}/"
    page = carys.post(f"{url}close/", follow=True).text
    assert "Not asked any more" in page
    assert asked(project) == ["asset", "need"]
    carys.post(f"{url}reopen/")
    assert asked(project) == ["asset", "need", "change"]
    for kind in ("asset", "need"):
        carys.post(f"/bryn/engagements/questions/{questions[kind].uuid}/close/")
    page = carys.post(f"{url}close/", follow=True).text
    assert "This is the only question that is asked." in page
    assert asked(project) == ["change"]


def test_a_question_nobody_answered_is_removed_once_confirmed(
    project, coordinator, questions, carys, say
) -> None:
    words = {"en": "Play", "cy": "Chwarae"}
    play = add_question(project=project, name=words, wording=words, by=coordinator)
    url = f"/bryn/engagements/questions/{play.uuid}/remove/"
    assert url in carys.get("/bryn/engagements/questions/").text
    assert "Nobody has answered it." in carys.get(url).text
    assert "play" in asked(project)
    questions["play"] = play
    say("On the green", kind="play")
    assert url not in carys.get("/bryn/engagements/questions/").text
    answer = carys.post(url)
    assert answer.status_code == 409
    assert "People have answered this question" in answer.text
    assert "Nobody has answered it." not in answer.text
    travel = add_question(
        project=project, name={"en": "Travel"}, wording={"en": "Travel?"}, by=coordinator
    )
    page = carys.post(f"/bryn/engagements/questions/{travel.uuid}/remove/", follow=True).text
    assert "The question is removed." in page
    again = carys.post(f"/bryn/engagements/questions/{travel.uuid}/close/", follow=True)
    assert again.redirect_chain == [("/bryn/engagements/questions/", 302)]
    assert "You have removed this already." in again.text
    assert asked(project) == ["asset", "need", "change", "play"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_question_that_stays_says_why_and_is_not_called_unanswered(
    method, questions, carys, say
) -> None:
    say("The park", kind="asset")
    page = getattr(carys, method)(f"/bryn/engagements/questions/{questions['asset'].uuid}/remove/")
    assert "Every project has this question, so it can&#x27;t be removed." in page.text
    assert "Nobody has answered it." not in page.text
    assert "Remove it" not in page.text
    assert page.status_code == (200 if method == "get" else 409)


def test_the_page_is_as_quick_with_more_questions(
    project, coordinator, questions, carys, assert_same_queries
) -> None:
    def one_more(number: int) -> None:
        words = {"en": f"Number {number}"}
        add_question(project=project, name=words, wording=words, by=coordinator)

    assert_same_queries(carys, "/bryn/engagements/questions/", one_more)


def test_a_question_named_after_a_box_of_our_forms_is_answered(
    project, engagement, questions, coordinator, client
) -> None:
    at = {"project": project}
    columns = {"questions": [], "headings": ["a"], "rows": [], "guess": Columns()}
    forms = [
        SurveyAnswerForm(questions=[]),
        TypeForm(**at),
        PasteForm({"lines": "- a\n- b"}, **at),
        UploadForm(),
        ColumnsForm(**at, **columns),
        CommentFilterForm(may_withhold=True, **at),
        NewSurveyForm(**at),
    ]
    others = {"csrfmiddlewaretoken", "submissions", "kept", "page"}
    boxes = sorted(others.union(*(form.fields for form in forms)))
    open_survey(
        project=project, engagement=engagement, slug="us", title={"en": "Us"}, by=coordinator
    )
    url, kept = reverse("engagements:survey", args=[project.slug, "us"]), []
    for box in boxes:
        # One after another: there are not as many symbols as boxes.
        with transaction.atomic():
            words = {"en": box}
            question = add_question(project=project, name=words, wording=words, by=coordinator)
            assert question.kind not in boxes
            sent = {question.kind: f"About {box}", "asset": "The library"}
            answer = client.post(url, sent)
            assert answer.status_code == 302, box
            comments = Comment.objects.filter(question=question, quote_consent=False)
            kept += comments.values_list("text", flat=True)
            transaction.set_rollback(True)
    assert kept == [f"About {box}" for box in boxes]
    assert len(boxes) > 15


def test_what_two_people_change_of_a_question_is_both_kept(project, questions, carys) -> None:
    address = f"/bryn/engagements/questions/{questions['need'].uuid}/change/"
    first, second = carys.get(address), carys.get(address)
    assert carys.post(address, drawn(first, wording_cy="Beth sydd ar goll?")).status_code == 302
    assert carys.post(address, drawn(second, wording_en="What is missing?")).status_code == 302
    question = Question.objects.of(project).get(kind="need")
    assert question.wording.text("cy") == "Beth sydd ar goll?"
    assert question.wording.text("en") == "What is missing?"


def test_one_question_put_two_ways_is_shown_beside_each_other(project, questions, carys) -> None:
    address = f"/bryn/engagements/questions/{questions['need'].uuid}/change/"
    first, second = carys.get(address), carys.get(address)
    carys.post(address, drawn(first, wording_en="What is lacking?"))
    clash = carys.post(address, drawn(second, wording_en="What is missing?"))
    assert clash.status_code == 409
    assert "What is lacking?" in clash.text
    assert drawn(clash)["wording_en"] == ["What is missing?"]


def test_a_question_sent_twice_is_added_once(project, questions, carys) -> None:
    address = "/bryn/engagements/questions/add/"
    sent = drawn(carys.get(address)) | {name: [value] for name, value in PLAY.items()}
    answers = [carys.post(address, sent) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert asked(project) == ["asset", "need", "change", "play"]
