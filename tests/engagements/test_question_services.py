"""The questions a project asks: adding, changing, moving, closing and removing them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from coproduction.projects.models import AuditEntry
from engagements.imports.columns import Columns
from engagements.models import GIVEN, NO_QUESTION, Question, Symbol
from engagements.services.engagement import cancel_engagement
from engagements.services.import_batch import map_import
from engagements.services.question import (
    AlwaysThere,
    HasAnswers,
    LastQuestion,
    SameWords,
    SeenInSurvey,
    SymbolTaken,
    TooManyQuestions,
    UnknownQuestion,
    add_question,
    change_question,
    close_question,
    ensure_questions,
    move_question,
    remove_question,
    reopen_question,
    set_questions,
)
from engagements.services.survey import close_survey, open_survey
from engagements.services.withholding import withdraw_comment

PLAY = {"en": "Play", "cy": "Chwarae"}
ASK_PLAY = {"en": "Where do children play?", "cy": "Ble mae plant yn chwarae?"}


@pytest.fixture
def play(project, coordinator) -> Question:
    """A fourth question."""
    return add_question(project=project, name=PLAY, wording=ASK_PLAY, by=coordinator)


def kinds(project) -> list[str]:
    """Return the codes of a project's questions in their order."""
    return list(Question.objects.of(project).values_list("kind", flat=True))


def test_questions_keep_their_answers_when_they_are_put_differently(
    project, coordinator, say
) -> None:
    comment = say("The library", kind="asset")
    set_questions(project=project, wordings={"asset": {"en": "What is good here?"}}, by=coordinator)
    comment.question.refresh_from_db()
    assert comment.question.wording.text("en") == "What is good here?"
    assert comment.question.wording.out_of_date(["cy"]) == ["cy"]


def test_the_usual_questions_are_there_once(project, coordinator) -> None:
    first = ensure_questions(project=project, by=coordinator)
    again = ensure_questions(project=project, by=coordinator)
    assert list(first) == ["asset", "need", "change", "none"]
    assert {kind: each.pk for kind, each in first.items()} == {
        kind: each.pk for kind, each in again.items()
    }
    assert all(not each.wording.missing(["en", "cy"]) for each in first.values())


def test_a_question_of_no_known_kind_is_refused(project, coordinator) -> None:
    with pytest.raises(UnknownQuestion):
        set_questions(project=project, wordings={"grumble": {"en": "Well?"}}, by=coordinator)
    assert not Question.objects.exists()


def test_a_question_is_added_after_the_others_with_a_code_and_a_symbol_of_its_own(
    project, play
) -> None:
    assert kinds(project) == ["asset", "need", "change", "play", "none"]
    assert (play.colour, play.shape, play.is_asked) == ("plum", "triangle", True)
    assert str(play) == "Play"
    with translation.override("cy"):
        assert str(play) == "Chwarae"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tŷ a gardd", "ty-a-gardd"),
        ("Place", "place-2"),
        ("quote_consent", "quote-consent"),
        ("csrfmiddlewaretoken", "csrfmiddlewaretoken-2"),
        ("遊び場", "question-2"),
        ("What would make you stay in this town for ever", "what-would-make-you-stay-in"),
    ],
)
def test_its_code_is_made_of_its_name_and_means_nothing_else(
    project, coordinator, name, code
) -> None:
    added = add_question(
        project=project, name={"en": name}, wording={"en": f"{name}, then?"}, by=coordinator
    )
    assert added.kind == code


def test_a_code_never_changes(play, coordinator) -> None:
    changed = change_question(
        question=play,
        name={"en": "Games"},
        wording={"en": "Which games?"},
        symbol=Symbol.LEAF_STAR,
        by=coordinator,
    )
    assert (changed.kind, str(changed), changed.shape) == ("play", "Games", "star")
    assert changed.wording.out_of_date(["cy"]) == ["cy"]


def test_there_are_as_many_questions_as_symbols(project, coordinator) -> None:
    for number in range(4, 9):
        add_question(
            project=project,
            name={"en": f"Thing {number}"},
            wording={"en": f"What of {number}?"},
            by=coordinator,
        )
    rows = Question.objects.of(project)
    assert len({row.symbol for row in rows}) == len({row.shape for row in rows}) == len(Symbol) == 9
    with pytest.raises(TooManyQuestions):
        add_question(project=project, name={"en": "More"}, wording={"en": "More?"}, by=coordinator)


def test_no_two_questions_are_drawn_or_named_alike(project, play, coordinator) -> None:
    with pytest.raises(SymbolTaken):
        change_question(
            question=play, name=PLAY, wording=ASK_PLAY, symbol=Symbol.TEAL_SQUARE, by=coordinator
        )
    for name, wording in [
        ("What we HAVE", "Anything"),
        ("Something", " what do we need? "),
        ("Chwarae", "Any"),
    ]:
        with pytest.raises(SameWords):
            add_question(
                project=project, name={"en": name}, wording={"en": wording}, by=coordinator
            )


def test_a_question_needs_a_name_and_words(project, coordinator) -> None:
    ensure_questions(project=project, by=coordinator)
    for name, wording in [("", "What?"), ("Name", "")]:
        with pytest.raises(ValidationError):
            add_question(
                project=project, name={"en": name}, wording={"en": wording}, by=coordinator
            )
    assert len(kinds(project)) == len(GIVEN)


def test_a_given_question_may_be_called_something_else_and_back(questions, coordinator) -> None:
    need = questions["need"]
    same = {"question": need, "wording": {}, "symbol": need.symbol, "by": coordinator}
    assert str(change_question(name={"en": "Gaps"}, **same)) == "Gaps"
    with translation.override("cy"):
        assert str(change_question(name={"en": ""}, **same)) == "Beth sydd ei angen arnon ni"


def test_questions_are_moved_one_place_and_anything_else_stays_last(
    project, play, coordinator
) -> None:
    move_question(question=play, up=True, by=coordinator)
    assert kinds(project) == ["asset", "need", "play", "change", "none"]
    for _time in range(3):
        move_question(question=play, up=False, by=coordinator)
    assert kinds(project) == ["asset", "need", "change", "play", "none"]
    nothing = Question.objects.get(project=project, kind=NO_QUESTION)
    move_question(question=nothing, up=True, by=coordinator)
    assert kinds(project)[-1] == "none"


def test_a_closed_question_keeps_its_answers_and_takes_no_new_ones(
    project, questions, coordinator, say
) -> None:
    comment = say("The library", kind="asset")
    close_question(question=questions["asset"], by=coordinator)
    comment.refresh_from_db()
    assert comment.question.kind == "asset"
    rows = Question.objects.of(project)
    assert [each.kind for each in rows.asked()] == ["need", "change"]
    assert [each.kind for each in rows.open_to_answers()] == ["need", "change", "none"]
    reopen_question(question=questions["asset"], by=coordinator)
    assert rows.asked().count() == 3


def test_something_is_always_asked(project, questions, coordinator) -> None:
    for kind in ("asset", "need"):
        close_question(question=questions[kind], by=coordinator)
    with pytest.raises(LastQuestion):
        close_question(question=questions["change"], by=coordinator)
    # "Anything else" is nothing to ask.
    reopen_question(question=questions["none"], by=coordinator)
    assert [each.kind for each in Question.objects.of(project).asked()] == ["change"]


def test_a_question_nobody_answered_is_removed(project, play, coordinator) -> None:
    remove_question(question=play, by=coordinator)
    assert "play" not in kinds(project)


def test_a_given_question_stays(questions, coordinator) -> None:
    with pytest.raises(AlwaysThere):
        remove_question(question=questions["need"], by=coordinator)


def test_an_answered_question_stays_even_when_the_answer_is_withdrawn(
    project, questions, play, coordinator, say
) -> None:
    questions["play"] = play
    withdraw_comment(comment=say("The swings", kind="play"), by=coordinator)
    with pytest.raises(HasAnswers):
        remove_question(question=play, by=coordinator)


def test_a_question_that_a_file_answers_stays(play, take_in, coordinator) -> None:
    from_column = [("what", "play")]
    map_import(
        batch=take_in("what\nThe swings\n"),
        columns=Columns(texts=tuple(from_column)),
        by=coordinator,
    )
    with pytest.raises(HasAnswers):
        remove_question(question=play, by=coordinator)


def test_a_question_stays_that_somebody_may_have_seen_in_a_survey(
    project, engagement, play, coordinator
) -> None:
    survey = open_survey(
        project=project, engagement=engagement, slug="play", title={"en": "Play"}, by=coordinator
    )
    with pytest.raises(SeenInSurvey):
        remove_question(question=play, by=coordinator)
    close_survey(survey=survey, by=coordinator)
    # A page opened before is still there to be sent.
    with pytest.raises(SeenInSurvey):
        remove_question(question=play, by=coordinator)
    cancel_engagement(engagement=engagement, by=coordinator)
    with pytest.raises(SeenInSurvey):
        remove_question(question=play, by=coordinator)


def test_a_question_that_no_survey_could_show_is_removed(project, engagement, coordinator) -> None:
    survey = {"project": project, "engagement": engagement, "title": {"en": "Play"}}
    ended = open_survey(slug="ended", by=coordinator, **survey)
    close_survey(survey=ended, by=coordinator)
    tomorrow = timezone.now() + timedelta(days=1)
    open_survey(slug="to-come", opens_at=tomorrow, by=coordinator, **survey)
    play = add_question(project=project, name=PLAY, wording=ASK_PLAY, by=coordinator)
    remove_question(question=play, by=coordinator)
    assert "play" not in kinds(project)


def test_a_removed_question_leaves_its_code_to_nobody(project, play, coordinator) -> None:
    remove_question(question=play, by=coordinator)
    second = add_question(project=project, name=PLAY, wording=ASK_PLAY, by=coordinator)
    assert second.kind == "play-2"
    remove_question(question=second, by=coordinator)
    third = add_question(project=project, name=PLAY, wording=ASK_PLAY, by=coordinator)
    assert third.kind == "play-3"


def test_the_trail_says_what_was_done_and_holds_no_words(project, play, coordinator) -> None:
    change_question(
        question=play, name={"en": "Games"}, wording={}, symbol=play.symbol, by=coordinator
    )
    move_question(question=play, up=True, by=coordinator)
    close_question(question=play, by=coordinator)
    reopen_question(question=play, by=coordinator)
    remove_question(question=play, by=coordinator)
    entries = AuditEntry.objects.filter(project=project, subject_kind="engagements.question")
    verbs = [entry.verb.removeprefix("engagements.question_") for entry in entries]
    assert verbs == ["added", "changed", "moved", "closed", "reopened", "removed"]
    changed = entries.get(verb="engagements.question_changed")
    assert changed.was["name"] != changed.now["name"]
    assert changed.was["wording"] == changed.now["wording"]


def test_nobody_asks_two_questions_of_one_code_or_symbol(questions) -> None:
    for broken in ({"kind": "need"}, {"symbol": Symbol.BRICK_CIRCLE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=questions["asset"].pk).update(**broken)


def test_nobody_asks_anything_else(questions) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=questions["none"].pk).update(is_asked=True)
