"""What triggers count: whatever is written, by whatever statement, adds up at once."""

import random
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from coproduction.projects.models import Project, User
from engagements.models import Comment, CommentCount, Submission, Withheld
from tests.recount import assert_recounted
from tests.themes.comments import make_comments, make_engagement, make_questions
from tests.themes.conftest import Book, make_book
from themes.models import Coding, Theme, ThemeCount, ThemedComment, ThemeTotal, WaitingComment
from themes.queries.counts import coding_progress, count_by_theme
from themes.services.coding import change_codes

STEPS = 60


def counted_by_hand(project: Project) -> dict[str, Counter[Any]]:
    """Count comment by comment, from the rows and the conditions that pages go by."""
    found: dict[str, Counter[Any]] = {"said": Counter(), "visible": Counter()}
    waiting: Counter[int] = Counter()
    seen = {
        "visible": set(Comment.objects.visible().values_list("pk", flat=True)),
        "said": set(Comment.objects.said().values_list("pk", flat=True)),
    }
    codes_of: dict[int, list[Theme]] = defaultdict(list)
    for coding in Coding.objects.select_related("theme"):
        codes_of[coding.comment_id].append(coding.theme)
    for comment in Comment.objects.of(project):
        codes = codes_of[comment.pk]
        themes = {code.parent_id for code in codes if code.merged_into_id is None}
        carried = {code.pk for code in codes} | (themes - {None})
        for which, keys in seen.items():
            if comment.pk in keys:
                for theme in carried:
                    found[which][theme, comment.question_id, comment.engagement_id] += 1
        if comment.pk in seen["visible"] and not codes:
            waiting[comment.pk] += 1
    return found | {"waiting": waiting}


def kept(project: Project) -> dict[str, Counter[Any]]:
    """Read the same from what triggers keep."""
    found: dict[str, Counter[Any]] = {"said": Counter(), "visible": Counter()}
    rows = ThemeCount.objects.of(project)
    for theme, question, event, visible, said in rows.values_list(
        "theme_id", "question_id", "engagement_id", "visible", "said"
    ):
        found["visible"] += Counter({(theme, question, event): visible})
        found["said"] += Counter({(theme, question, event): said})
    keys = WaitingComment.objects.of(project).values_list("comment_id", flat=True)
    return found | {"waiting": Counter(keys)}


class Writer:
    """Somebody who writes rows past every service, one at a time and many at once."""

    def __init__(self, project: Project, book: Book, by: User, seed: int) -> None:
        """Begin with some comments at two engagements."""
        self.project, self.by = project, by
        self.chance = random.Random(seed)  # noqa: S311
        self.book = book
        self.codes = [book.parks, book.litter, book.traffic, book.police, book.loose]
        for title in ("Open day", "Fun day"):
            at = make_engagement(project, title)
            make_comments(project, *(f"{title} {n}" for n in range(10)), engagement=at)

    def some(self, rows: Any) -> Any:
        """Pick some rows of a kind, none and all among the choices."""
        keys = list(rows.values_list("pk", flat=True))
        picked = self.chance.sample(keys, self.chance.randint(0, len(keys)))
        return rows.filter(pk__in=picked)

    def write(self) -> None:
        """Do one thing or another."""
        comments = Comment.objects.of(self.project)
        does: list[Callable[[], Any]] = [
            lambda: self.some(comments).update(withheld=self.chance.choice(Withheld.values)),
            lambda: self.some(comments).update(
                question=self.chance.choice(list(make_questions(self.project).values()))
            ),
            lambda: self.some(Submission.objects.of(self.project)).update(
                on_hold=self.chance.random() < 0.4,
                undone_at=timezone.now() if self.chance.random() < 0.4 else None,
            ),
            self.code,
            self.code,
            lambda: self.some(Coding.objects.all()).delete(),
            self.recode,
            self.move,
            lambda: make_comments(self.project, *(f"{self.chance.random()}" for _ in range(3))),
            self.remove,
        ]
        self.chance.choice(does)()

    def code(self) -> None:
        """Put codes on many comments in one statement."""
        carried = set(Coding.objects.values_list("comment_id", "theme_id"))
        Coding.objects.bulk_create(
            Coding(
                project=self.project,
                comment=comment,
                theme=code,
                engagement=comment.engagement,
                question=comment.question,
                by=self.by,
            )
            for comment in self.some(Comment.objects.of(self.project))
            for code in self.chance.sample(self.codes, 2)
            if (comment.pk, code.pk) not in carried
        )

    def recode(self) -> None:
        """Let another code stand for one, where the comment does not carry it."""
        one, other = self.chance.sample(self.codes, 2)
        both = Coding.objects.filter(theme=other).values("comment")
        Coding.objects.filter(theme=one).exclude(comment__in=both).update(theme=other)

    def move(self) -> None:
        """Put a code under another theme or none, or merge it, or take it apart again."""
        code, into = self.chance.sample(self.codes, 2)
        parent = self.chance.choice([self.book.spaces, self.book.safety, None])
        merged = into if self.chance.random() < 0.3 else None
        Theme.objects.filter(pk=code.pk).update(parent=parent, merged_into=merged)

    def remove(self) -> None:
        """Remove a comment with all that rests on it."""
        if (comment := self.some(Comment.objects.of(self.project)).first()) is not None:
            Coding.objects.filter(comment=comment).delete()
            comment.delete()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_written_is_counted_as_it_is(
    project, book, analyst, seed: int, say: Callable[[str], None]
) -> None:
    writer, differed = Writer(project, book, analyst, seed), 0
    for _step in range(STEPS):
        before = kept(project)
        writer.write()
        now = kept(project)
        differed += now != before
        assert now == counted_by_hand(project)
    assert differed > STEPS / 3
    assert_recounted(connection)
    say(f"{STEPS} writes, {differed} changed a count; {sum(now['visible'].values())} at the end")


@pytest.mark.django_db
def test_what_is_counted_goes_with_the_rows(project, book, comments, analyst) -> None:
    for comment in comments:
        codes = [book.parks.uuid, book.traffic.uuid]
        change_codes(project=project, comment=comment.pk, add=codes, by=analyst)
    Coding.objects.all().delete()
    for table in (ThemedComment, ThemeCount, ThemeTotal):
        assert not table.objects.exists()
    assert WaitingComment.objects.count() == len(comments)
    Comment.objects.all().delete()
    for table in (WaitingComment, CommentCount):
        assert not table.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_code_one_engagement_at_once_lose_no_count(
    project, analyst, coordinator, say: Callable[[str], None]
) -> None:
    book = make_book(project, analyst)
    comments = make_comments(project, *(f"Comment {number}" for number in range(60)))
    together, faults = threading.Barrier(2), []

    def code(by: User, order: list[Comment]) -> None:
        try:
            together.wait(timeout=30)
            for place, comment in enumerate(order):
                code = (book.parks, book.litter, book.traffic)[place % 3]
                change_codes(project=project, comment=comment.pk, add=[code.uuid], by=by)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    hands = [
        threading.Thread(target=code, args=(analyst, comments)),
        threading.Thread(target=code, args=(coordinator, comments[::-1])),
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=120)
    assert faults == []
    codings = Coding.objects.count()
    counts = count_by_theme(project)
    codes = (book.parks, book.litter, book.traffic)
    assert sum(counts[code.pk].total for code in codes) == codings
    assert coding_progress(project).coded == len(comments)
    assert_recounted(connection)
    say(f"{codings} codings of {len(comments)} comments by 2 at once on {connection.vendor}")
