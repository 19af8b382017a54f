"""Comments that a coder has before them are not shown to another."""

import pytest
from django.db import connection

from coproduction.projects.models import Role, User
from coproduction.projects.services.membership import add_member
from engagements.services.withholding import withdraw_comment
from tests.cast import make_person
from tests.themes.comments import make_comments
from tests.themes.test_coding_services import at_once
from themes.models import Coding, CodingClaim
from themes.queries import queue
from themes.services.claim import LASTS, claim, comments_to_code, forget_run_out
from themes.services.coding import change_codes

MANY = 200


@pytest.fixture
def second(project, analyst) -> User:
    """Another analyst."""
    found = make_person("second", project.slug)
    add_member(project=project, user=found, role=Role.ANALYST, by=analyst)
    return found


def code(project, book, coder, comment) -> None:
    """Put a code on a comment, as the screen does."""
    change_codes(project=project, comment=comment.pk, add=[book.parks.uuid], remove=[], by=coder)


def test_what_one_has_before_them_another_is_not_shown(
    project, comments, book, analyst, second
) -> None:
    mine = comments_to_code(project=project, coder=analyst, after=0)
    assert mine == comments
    assert comments_to_code(project=project, coder=second, after=0) == []
    # One's own are shown again, in a second window too.
    assert comments_to_code(project=project, coder=analyst, after=0) == mine
    forget_run_out(project=project)
    assert comments_to_code(project=project, coder=second, after=0) == []


def test_changing_codes_in_another_window_keeps_and_frees_nothing(
    project, comments, book, analyst, second, client_of
) -> None:
    code(project, book, analyst, comments[0])
    mine = comments_to_code(project=project, coder=analyst, after=0)[:2]
    CodingClaim.objects.exclude(comment__in=[each.pk for each in mine]).delete()
    where = f"/{project.slug}/themes/coding/?comment={comments[0].pk}&back=/{project.slug}/themes/"
    assert client_of(analyst).get(where).status_code == 200
    left = comments_to_code(project=project, coder=second, after=0)
    assert left == [each for each in comments[1:] if each not in mine]


def test_a_claim_runs_out(project, comments, analyst, second, monkeypatch) -> None:
    comments_to_code(project=project, coder=analyst, after=0)
    CodingClaim.objects.update(until=queue.seconds_now() + 1)
    assert comments_to_code(project=project, coder=second, after=0) == []
    CodingClaim.objects.update(until=queue.seconds_now())
    assert comments_to_code(project=project, coder=second, after=0) == comments
    assert set(CodingClaim.objects.values_list("by", flat=True)) == {second.pk}
    assert CodingClaim.objects.first().until >= queue.seconds_now() + LASTS - 1


def test_it_is_said_who_has_a_comment_that_was_asked_for(
    project, comments, analyst, second
) -> None:
    comments_to_code(project=project, coder=analyst, after=0)
    assert claim(project=project, coder=second, keys=[comments[0].pk]) == set()
    assert queue.who_else_has(comments[0], second) == analyst
    assert queue.who_else_has(comments[0], analyst) is None


def test_keeping_comments_takes_one_statement(
    project, comments, analyst, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        claim(project=project, coder=analyst, keys=[each.pk for each in comments])


def test_a_comment_taken_back_is_nobodys(project, comments, analyst) -> None:
    comments_to_code(project=project, coder=analyst, after=0)
    withdraw_comment(comment=comments[0], by=None)
    assert comments_to_code(project=project, coder=analyst, after=0) == comments[1:]


def test_two_coders_go_through_one_queue_and_never_meet(project, book, analyst, second) -> None:
    """In turn, each from the beginning of the queue, round its end and past what is withdrawn."""
    make_comments(project, *(f"Comment {number}" for number in range(MANY)))
    shown: dict[int, set[int]] = {analyst.pk: set(), second.pk: set()}
    after = {analyst.pk: 0, second.pk: 0}
    coded = 0
    for turn in range(MANY * 2):
        coder = (analyst, second)[turn % 2]
        found = comments_to_code(project=project, coder=coder, after=after[coder.pk])
        if not found:
            continue
        shown[coder.pk] |= {each.pk for each in found[:1]}
        # Whoever codes each third one only leaves gaps, to which the queue comes round.
        if turn % 3:
            code(project, book, coder, found[0])
            coded += 1
        after[coder.pk] = found[0].pk
    while found := comments_to_code(project=project, coder=analyst, after=0):
        code(project, book, analyst, found[0])
        coded += 1
    CodingClaim.objects.filter(by=second).update(until=0)
    while found := comments_to_code(project=project, coder=analyst, after=0):
        code(project, book, analyst, found[0])
        coded += 1
    assert coded == MANY == Coding.objects.values("comment").distinct().count()
    assert Coding.objects.filter(by=second).count() > MANY / 4
    # What one skipped the other may be shown later, never while it is before the first.
    print(f"{coded} coded; shown to one {len(shown[analyst.pk])}, to two {len(shown[second.pk])}.")


@pytest.mark.seldom
@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_the_same_time_are_shown_different_ones(
    project, book, analyst, second
) -> None:
    make_comments(project, *(f"Comment {number}" for number in range(MANY)))
    shown: dict[int, list[int]] = {analyst.pk: [], second.pk: []}

    def works(coder: User) -> None:
        after = 0
        while found := comments_to_code(project=project, coder=coder, after=after):
            shown[coder.pk].append(found[0].pk)
            code(project, book, coder, found[0])
            after = found[0].pk
        connection.close()

    assert at_once(lambda: works(analyst), lambda: works(second)) == []
    both = set(shown[analyst.pk]) & set(shown[second.pk])
    assert not both
    assert len(shown[analyst.pk]) + len(shown[second.pk]) == MANY
    assert min(len(each) for each in shown.values()) > 0
    print(f"{MANY} comments, {len(shown[analyst.pk])} and {len(shown[second.pk])}, none to both.")
