"""Merging themes and codes, and taking them apart again."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduction.projects.trail.verification import verify
from tests.cases import cases
from tests.themes.comments import make_comments, uncoded_comments
from themes.models import Coding, Theme
from themes.queries.codebook import branches, theme_after_merges
from themes.queries.counts import count_by_theme
from themes.services import codebook, coding


def carried(project) -> dict[str, set[int]]:
    """Return the comments of each current code."""
    found: dict[str, set[int]] = {}
    for row in Coding.objects.of(project).counted().select_related("theme"):
        found.setdefault(str(row.theme), set()).add(row.comment_id)
    return found


def test_codings_move_and_count_once(project, comments, book, analyst) -> None:
    one, two, three = comments[:3]
    coding.code_comment(comment=one, codes=[book.litter], by=analyst)
    coding.code_comment(comment=two, codes=[book.litter, book.parks], by=analyst)
    coding.code_comment(comment=three, codes=[book.parks], by=analyst)
    before = carried(project)
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    assert carried(project) == {"Parks": {one.pk, two.pk, three.pk}}
    assert count_by_theme(project)[book.parks.pk].total == 3
    assert Coding.objects.get(comment=one).first_theme == book.litter
    codebook.undo_merge(source=book.litter, by=analyst)
    assert carried(project) == before
    assert not Coding.objects.filter(first_theme__isnull=False).exists()
    assert verify(project).fault is None


def test_merging_themes_brings_their_codes_and_undo_takes_them_back(
    project, comments, book, analyst
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.parks, book.traffic], by=analyst)
    coding.code_comment(comment=comments[1], codes=[book.traffic], by=analyst)
    codebook.merge_themes(source=book.safety, into=book.spaces, by=analyst)
    assert count_by_theme(project)[book.spaces.pk].total == 2
    assert [[str(code) for code in branch.codes] for branch in branches(project)] == [
        ["Parks", "Litter", "Traffic", "Police"],
        ["Something else"],
    ]
    codebook.undo_merge(source=book.safety, by=analyst)
    tallies = count_by_theme(project)
    assert (tallies[book.spaces.pk].total, tallies[book.safety.pk].total) == (1, 2)
    assert [[str(code) for code in branch.codes] for branch in branches(project)] == [
        ["Parks", "Litter"],
        ["Traffic", "Police"],
        ["Something else"],
    ]


def test_a_code_moved_by_hand_after_a_merge_stays_where_it_was_put(book, analyst) -> None:
    codebook.merge_themes(source=book.safety, into=book.spaces, by=analyst)
    codebook.move_code(code=book.traffic, parent=None, by=analyst)
    codebook.undo_merge(source=book.safety, by=analyst)
    book.traffic.refresh_from_db()
    book.police.refresh_from_db()
    assert (book.traffic.parent, book.police.parent) == (None, book.safety)


def test_what_cannot_merge(project, other_project, book, analyst, other_coordinator) -> None:
    theirs = codebook.add_code(
        project=other_project, parent=None, name={"en": "Theirs"}, by=other_coordinator
    )
    wrong = [
        (book.parks, book.parks),
        (book.parks, theirs),
        (theirs, book.parks),
        (book.spaces, book.parks),
        (book.parks, book.spaces),
    ]
    for source, into in wrong:
        with pytest.raises(codebook.CannotMerge):
            codebook.merge_themes(source=source, into=into, by=analyst)
    codebook.merge_themes(source=book.parks, into=book.litter, by=analyst)
    for source, into in ((book.police, book.parks), (book.parks, book.police)):
        with pytest.raises(codebook.AlreadyMerged):
            codebook.merge_themes(source=source, into=into, by=analyst)
    with pytest.raises(codebook.NotMerged):
        codebook.undo_merge(source=book.police, by=analyst)
    assert Theme.objects.filter(merged_into__isnull=False).count() == 1


def test_what_a_merged_theme_stands_for_now(book, analyst) -> None:
    codebook.merge_themes(source=book.parks, into=book.litter, by=analyst)
    codebook.merge_themes(source=book.litter, into=book.police, by=analyst)
    assert theme_after_merges(Theme.objects.get(pk=book.parks.pk)) == book.police


def test_a_code_given_after_a_merge_stands_beside_what_came_by_it(
    project, comments, book, analyst
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.litter], by=analyst)
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    coding.code_comment(comment=comments[0], codes=[book.parks], by=analyst)
    assert carried(project) == {"Parks": {comments[0].pk}}
    assert count_by_theme(project)[book.parks.pk].total == 1
    codebook.undo_merge(source=book.litter, by=analyst)
    assert carried(project) == {"Parks": {comments[0].pk}, "Litter": {comments[0].pk}}


def test_a_code_given_after_two_merges_stands_beside_what_came_by_both(
    project, comments, book, analyst
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.litter], by=analyst)
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    codebook.merge_themes(source=book.parks, into=book.police, by=analyst)
    coding.code_comment(comment=comments[0], codes=[book.police], by=analyst)
    assert carried(project) == {"Police": {comments[0].pk}}
    hidden = Coding.objects.get(theme=book.parks)
    assert hidden.first_theme == book.litter
    codebook.undo_merge(source=book.parks, by=analyst)
    assert carried(project) == {"Police": {comments[0].pk}, "Parks": {comments[0].pk}}
    codebook.undo_merge(source=book.litter, by=analyst)
    assert carried(project) == {"Police": {comments[0].pk}, "Litter": {comments[0].pk}}


def test_what_is_taken_back_gives_its_place_to_what_was_hidden_behind_it(
    project, comments, book, analyst
) -> None:
    coding.code_comment(comment=comments[0], codes=[book.litter], by=analyst)
    codebook.merge_themes(source=book.litter, into=book.parks, by=analyst)
    codebook.merge_themes(source=book.parks, into=book.police, by=analyst)
    coding.code_comment(comment=comments[0], codes=[book.police], by=analyst)
    coding.undo_coding(
        project=project,
        comment=comments[0].pk,
        added=[book.police.uuid],
        removed=[],
        by=analyst,
    )
    assert carried(project) == {"Police": {comments[0].pk}}
    codebook.undo_merge(source=book.parks, by=analyst)
    assert carried(project) == {"Parks": {comments[0].pk}}


# A code is what people said of comments; a merge only changes what the saying counts for. This is
# that, and nothing else: whatever moves in the database must always look like it.


class Spoken:
    """Every statement "this comment carries this code", and what each code stands for."""

    def __init__(self) -> None:
        self.said: set[tuple[int, int]] = set()
        self.into: dict[int, int] = {}

    def final(self, code: int) -> int:
        while code in self.into:
            code = self.into[code]
        return code

    def carried(self) -> set[tuple[int, int]]:
        return {(comment, self.final(code)) for comment, code in self.said}

    def uncode(self, comment: int, code: int) -> None:
        gone = {(c, k) for c, k in self.said if c == comment and self.final(k) == self.final(code)}
        self.said -= gone


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["code", "code", "code", "uncode", "merge", "merge", "undo"]),
        st.integers(0, 3),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    min_size=6,
    max_size=30,
)


def play(steps, comments, codes, by) -> Spoken:
    """Do each step both ways and check after each that they agree."""
    spoken = Spoken()
    for verb, at, one, other in steps:
        comment, code, into = comments[at], codes[one], codes[other]
        if verb == "code":
            coding.code_comment(comment=comment, codes=[code], by=by)
            spoken.said.add((comment.pk, spoken.final(code.pk)))
        elif verb == "uncode":
            coding.uncode_comment(comment=comment, codes=[code], by=by)
            spoken.uncode(comment.pk, code.pk)
        elif verb == "merge":
            if code == into or {code.pk, into.pk} & spoken.into.keys():
                continue
            codebook.merge_themes(source=code, into=into, by=by)
            spoken.into[code.pk] = into.pk
        elif code.pk in spoken.into:
            codebook.undo_merge(source=code, by=by)
            del spoken.into[code.pk]
        rows = Coding.objects.counted().values_list("comment_id", "theme_id")
        assert set(rows) == spoken.carried(), (verb, at, one, other)
        waiting = set(uncoded_comments(comments[0].project).values_list("pk", flat=True))
        assert waiting == {c.pk for c in comments} - {c for c, _code in spoken.said}
    return spoken


@settings(
    max_examples=cases(12),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_is_merged_and_undone_what_people_said_stays(project, analyst, steps) -> None:
    with transaction.atomic():
        comments = make_comments(project, "One", "Two", "Three", "Four")
        codes = [
            codebook.add_code(project=project, parent=None, name={"en": f"Code {n}"}, by=analyst)
            for n in range(5)
        ]
        spoken = play(steps, comments, codes, analyst)
        # Undoing every merge, in whatever order, leaves exactly what people said.
        for code in list(spoken.into):
            codebook.undo_merge(source=Theme.objects.get(pk=code), by=analyst)
        rows = Coding.objects.counted().values_list("comment_id", "theme_id", "first_theme")
        assert set(rows) == {(comment, code, None) for comment, code in spoken.said}
        assert Coding.objects.count() == len(spoken.said)
        transaction.set_rollback(True)
