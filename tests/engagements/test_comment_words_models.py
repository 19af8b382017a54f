"""The index of the comments' words: what is found by it, and what leaves it."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduction.languages import searching, word_index
from coproduction.languages.searching import Found, find_words, has_words
from coproduction.languages.typed_text import clean_typed
from engagements.models import Comment, Submission, Withheld
from engagements.services.comment import correct_comment
from engagements.services.submission import undo_submissions
from engagements.services.withholding import (
    lift_withdrawal,
    raise_concern,
    redact_comment,
    withdraw_comment,
)
from tests.cases import cases

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has its own")
on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no extensions"
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the index asked however few comments there are."""
    monkeypatch.setattr(searching, "SCANNED_AT_MOST", 0)


def indexed(group: str) -> list[int]:
    """Return the keys that SQLite's index has for three letters."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM comment_words WHERE comment_words MATCH %s ORDER BY rowid",
            [f'"{group}"'],
        )
        return [key for (key,) in cursor.fetchall()]


# Letters that fold to others, marks that mean something to one database or another, and few enough
# that what is looked for is often there.
LETTERS = st.sampled_from("abtyŵŷÉß ﬁ’“”\"'-–%_\\*()^:+|&!<>1\n\x00中한😀")
TEXTS = st.text(st.one_of(LETTERS, st.characters(exclude_categories=["Cs"])), max_size=40)


@settings(max_examples=cases(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=8), queries=st.lists(TEXTS, max_size=6), at=st.data()
)
def test_the_index_finds_what_reading_every_comment_finds(
    asked, project, engagement, questions, texts, queries, at
) -> None:
    texts = [text for text in map(clean_typed, texts) if text]
    # Pieces of what was said are looked for too.
    for text in texts:
        start = at.draw(st.integers(0, len(text) - 1))
        queries.append(text[start : start + at.draw(st.integers(1, 12))])
        piece = queries[-1]
        queries += [
            f'"{piece}" {text[:3]}',
            f'"{piece}" OR "{text[-3:]}"',
            f'"{text[:2]}" -"{piece}"',
            f'-"{piece}"',
        ]
    with transaction.atomic():
        keep(project, engagement, questions["asset"], texts)
        visible = Comment.objects.of(project).visible()
        for typed in queries:
            by_reading = [each.pk for each in visible.order_by("pk") if has_words(each.text, typed)]
            found = Found(visible, typed)
            assert found.keys(99, newest_first=False) == by_reading, repr(typed)
            assert found.keys(99, newest_first=True) == by_reading[::-1]
            assert found.count == len(by_reading)
            assert [each.pk for each in found.rows] == by_reading
        transaction.set_rollback(True)


def keep(project, engagement, question, texts) -> None:
    """Keep comments that say these texts, as an import does."""
    sittings = Submission.objects.bulk_create(
        Submission(project=project, engagement=engagement, channel="typed", receipt=f"r{number}")
        for number, _text in enumerate(texts)
    )
    Comment.objects.bulk_create(
        Comment(
            project=project, engagement=engagement, question=question, submission=each, text=text
        )
        for each, text in zip(sittings, texts, strict=True)
    )


@pytest.mark.parametrize("most", [30, 0], ids=["led to", "read"])
def test_words_of_one_letter_or_two_are_found_anywhere(
    asked, say, project, monkeypatch, most
) -> None:
    monkeypatch.setattr(word_index, "_MOST_BEGUN", most)
    keys = [say(text).pk for text in ("Tŷ", "A party", "Ax", "99 buses")]
    visible = Comment.objects.of(project).visible()
    found = 0
    for typed, wanted in {
        "ty": keys[:2],
        "ŷ": keys[:2],
        "x": [keys[2]],
        "9": [keys[3]],
        "a x": [keys[2]],
        "zq": [],
        "q": [],
    }.items():
        assert Found(visible, typed).keys(9, newest_first=False) == wanted, typed
        found += 1
    assert found == 7


def test_one_or_another_is_found_and_what_is_left_out_is_not(asked, say, project) -> None:
    keys = [say(text).pk for text in ("A bus stop", "Trên bach", "A bus and a train", "Parc")]
    visible = Comment.objects.of(project).visible()
    found = 0
    for typed, wanted in {
        "bus OR tren": keys[:3],
        '"bus stop" NEU parc': [keys[0], keys[3]],
        "bus OR xq": [keys[0], keys[2]],
        "ba OR stop": keys[:2],
        "bus -train": [keys[0]],
        '-"bus stop" -parc': keys[1:3],
        "a -parc": keys[:3],
    }.items():
        here = Found(visible, typed)
        assert here.keys(9, newest_first=False) == wanted, typed
        assert here.count == len(wanted)
        found += 1
    assert found == 7


@on_sqlite
def test_the_index_is_asked_for_one_or_another(asked, say, project, count_queries) -> None:
    say("A zebra"), say("A lion")
    with count_queries() as seen:
        Found(Comment.objects.of(project).visible(), "zebra OR lion").keys(9, newest_first=True)
    assert "MATCH" in str([query["sql"] for query in seen.captured_queries])


@on_sqlite
def test_what_is_hidden_taken_out_or_removed_leaves_the_index_at_once(
    say, questions, coordinator
) -> None:
    comment, other = say("A zebra"), say("Zebras")
    assert indexed("zeb") == [comment.pk, other.pk]
    withdraw_comment(comment=comment, by=coordinator)
    assert indexed("zeb") == [other.pk]
    lift_withdrawal(comment=comment, by=coordinator)
    assert indexed("zeb") == [comment.pk, other.pk]
    redact_comment(comment=comment, text="A [name]", by=coordinator)
    assert indexed("zeb") == [other.pk]
    assert indexed("[na") == [comment.pk]
    correct_comment(
        comment=other,
        question=questions["need"],
        descriptor="",
        quote_consent=False,
        language="en",
        by=coordinator,
    )
    assert indexed("zeb") == [other.pk]
    raise_concern(comment=other, by=coordinator)
    assert indexed("zeb") == []
    undo_submissions(submissions=[comment.submission], by=coordinator)
    assert indexed("[na") == []


@on_sqlite
def test_what_is_erased_leaves_the_index_in_the_same_transaction(say) -> None:
    comment = say("A zebra")
    with transaction.atomic():
        Comment.objects.filter(pk=comment.pk).delete()
        assert indexed("zeb") == []
        transaction.set_rollback(True)
    assert indexed("zeb") == [comment.pk]


@on_sqlite
def test_what_changes_no_words_leaves_the_index_alone(say) -> None:
    comment = say("A zebra")
    with connection.cursor() as cursor:
        cursor.execute("SELECT total_changes()")
        before = cursor.fetchone()[0]
        comment.quote_consent = True
        comment.save()
        cursor.execute("SELECT total_changes()")
        assert cursor.fetchone()[0] == before + 1


@on_postgresql
def test_the_index_is_asked_on_postgresql(say) -> None:
    comment = say("A zebra")
    found = Found(Comment.objects.visible(), "ebr")
    with connection.cursor() as cursor:
        # So few comments are found by anything: there is nothing else to find them by.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX comment_by_project, comment_by_engagement, comment_by_language")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "comment_words" in found.rows.explain()
    assert found.keys(9, newest_first=True) == [comment.pk]


def test_hidden_comments_are_found_by_those_who_may_without_the_index(
    asked, say, project, coordinator
) -> None:
    comment = say("A zebra")
    withdraw_comment(comment=comment, by=coordinator)
    withdrawn = Comment.objects.of(project).filter(withheld=Withheld.WITHDRAWN)
    assert Found(withdrawn, "zebra").keys(9, newest_first=True) == [comment.pk]
    assert Found(Comment.objects.of(project).visible(), "zebra").count == 0


@on_sqlite
def test_the_index_is_asked_for_visible_comments_and_no_others(project) -> None:
    index = word_index.word_index_of(Comment)
    ours = Comment.objects.of(project)
    visible = Comment.objects.visible()
    assert index.holds(ours.visible().exclude(text="x").filter(question__kind="need"))
    not_held = [
        ours,
        ours.filter(withheld=Withheld.WITHDRAWN),
        ours.exclude(withheld=Withheld.NOTHING),
        ours.filter(submission__comments__withheld=Withheld.NOTHING),
        visible | ours,
    ]
    assert [index.holds(rows) for rows in not_held] == [False] * 5


def test_another_projects_comments_are_never_found(asked, say, project, other_project) -> None:
    say("A zebra")
    assert Found(Comment.objects.of(other_project).visible(), "zebra").count == 0
    assert Found(Comment.objects.visible(), "zebra").count == 1


def test_a_search_goes_on_from_any_key_both_ways(asked, say, project) -> None:
    keys = [say(f"Zebra {number}").pk for number in range(5)]
    say("Lion")
    found = Found(Comment.objects.of(project).visible(), "zebra")
    assert found.keys(2, newest_first=True) == keys[:2:-1]
    assert found.keys(2, newest_first=True, beyond=keys[3]) == [keys[2], keys[1]]
    assert found.keys(9, newest_first=False, beyond=keys[3]) == [keys[4]]
    assert found.count == 5


@pytest.mark.parametrize(
    "typed",
    ['"', '""', "'", "*", "NEAR(a b)", "a OR", "{x}:", "\x00", "%", "\\", "-- ;", "🙂" * 300],
)
def test_what_means_something_to_a_database_is_only_words(asked, say, project, typed) -> None:
    say("An ordinary comment")
    visible = Comment.objects.of(project).visible()
    found = Found(visible, typed)
    assert found.count == find_words(visible, typed).count()
    assert len(found.keys(9, newest_first=True)) == found.count


def test_small_lists_are_read_without_the_index(say, project, count_queries) -> None:
    say("A zebra")
    with count_queries() as seen:
        Found(Comment.objects.of(project).visible(), "zebra").keys(9, newest_first=True)
    assert "MATCH" not in str([query["sql"] for query in seen.captured_queries])
