"""The machine's look at what was said: it marks what a person is to look at, and changes no word.

What is short is looked at as it is kept, by the change that keeps it; the rest by a job. Until then
nothing of it may be quoted. See docs/decisions/0092.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F

from coproduction.jobs.services import UNTIL_DONE, enqueue
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Project
from engagements.looking.personal import find_personal
from engagements.looking.watched import find_watched, watched_pattern
from engagements.models import Comment, Hint, Look, LookRules, Withheld
from engagements.queries.hint import LOOK
from engagements.services.notifications import write_hint_to_lead

Pattern = re.Pattern[str]
# So many letters are looked at within the change that keeps them: some hundredths of a second,
# whatever they are.
AT_ONCE = 30_000
_PIECE = 2_000
_KEYS = 50_000
Report = Callable[[int, int], None]


@dataclass
class LookedAt:
    """How many comments a look went through, and in how many a person is to look."""

    comments: int = 0
    marked: int = 0
    lead_is_told: bool = False


def texts_of(comment: Comment) -> Iterator[tuple[str, str]]:
    """Return all that is shown of a comment, each text with the name of its place."""
    yield Hint.WORDS, comment.text
    for language in comment.translation.entries:
        yield language, comment.translation.text(language)
    yield Hint.SPEAKER, comment.submission.descriptor


def worry_pattern_of(project: Project) -> Pattern | None:
    """Return what finds words that may mean that somebody is at risk. One query."""
    words = LookRules.of(project).worry_words
    lines = (line for each in words.entries for line in words.text(each).splitlines())
    return watched_pattern(lines)


def find_hints(comment: Comment, worry: Pattern | None) -> list[Hint]:
    """Look at a comment; return what a person is to look at, not saved."""
    return [
        Hint(comment=comment, kind=found.kind, place=place, start=found.start, length=found.length)
        for place, text in texts_of(comment)
        for found in (
            *find_personal(text),
            *(find_watched(text, worry, Hint.Kind.WORRY) if place != Hint.SPEAKER else ()),
        )
    ]


def look_at(comments: Sequence[Comment], *, ledger: Ledger) -> None:
    """Look at comments that were just kept, or whose words have just changed.

    Part of the caller's change. Where there is too much to look at, a job does it next.
    """
    if sum(len(text) for each in comments for _place, text in texts_of(each)) > AT_ONCE:
        _keep(comments, Look.WAITING)
        queue_look(ledger.project)
        return
    worry = worry_pattern_of(ledger.project)
    hints = [hint for each in comments for hint in find_hints(each, worry)]
    if _keep_hints(comments, hints):
        write_hint_to_lead(project=ledger.project)


def queue_look(project: Project) -> None:
    """Have a job look at what waits for it, one for all. Part of the caller's change."""
    enqueue(
        task=LOOK,
        scope=str(project.uuid),
        arguments={"project": project.pk},
        unique=f"{LOOK}:{project.pk}",
        tries=UNTIL_DONE,
    )


def queue_looks() -> int:
    """Ask for a look in each project where something waits for one; return in how many.

    Whatever asked for none, and whatever was given up, is found by it.
    """
    waiting = Comment.objects.not_looked_at().order_by().values("project")
    projects = list(Project.objects.filter(pk__in=waiting))
    for project in projects:
        queue_look(project)
    return len(projects)


def look_at_waiting(*, project: Project, report: Report | None = None) -> LookedAt:
    """Look at every comment of a project that waits for it, in short pieces.

    Begun again, it goes on where it stopped. ``report`` is called with (done, in all).
    """
    done, total = LookedAt(), Comment.objects.of(project).not_looked_at().count()
    worry = worry_pattern_of(project)
    for keys in _pieces(project):
        _look_at_piece(project, keys, worry, done)
        if report is not None:
            report(min(done.comments, total), total)
    return done


def _pieces(project: Project) -> Iterator[list[int]]:
    """Return the keys of those that wait, few at a time; a piece that was changed is past."""
    last = 0
    waiting = Comment.objects.of(project).not_looked_at().order_by("pk")
    while keys := list(waiting.filter(pk__gt=last).values_list("pk", flat=True)[:_KEYS]):
        yield from (keys[start : start + _PIECE] for start in range(0, len(keys), _PIECE))
        last = keys[-1]


def _look_at_piece(
    project: Project, keys: Sequence[int], worry: Pattern | None, done: LookedAt
) -> None:
    """Look at some comments, outside any transaction, and keep what was found in a short one.

    What was changed meanwhile waits for the next look.
    """
    rows = Comment.objects.filter(pk__in=keys).not_looked_at().select_related("submission")
    comments = {each.pk: each for each in rows.only(*_READ)}
    hints = [hint for each in comments.values() for hint in find_hints(each, worry)]
    with recorded(project=project, by=None) as ledger:
        now = Comment.objects.filter(pk__in=comments).not_looked_at()
        same = {
            pk
            for pk, version, descriptor in now.values_list(
                "pk", "version", "submission__descriptor"
            )
            if (version, descriptor) == (comments[pk].version, comments[pk].submission.descriptor)
        }
        worrying = _keep_hints(
            [each for each in comments.values() if each.pk in same],
            [hint for hint in hints if hint.comment_id in same],
        )
        if worrying and not done.lead_is_told:
            # One letter, however many of a file's rows.
            done.lead_is_told = write_hint_to_lead(project=project)
        marked = len({hint.comment_id for hint in hints} & same)
        ledger.record(
            "engagements.comments_looked_at",
            subject=project,
            now={"comments": len(same), "marked": marked},
            follow_up=False,
        )
    done.comments += len(same)
    done.marked += marked


_READ = ("text", "translation", "version", "withheld", "look", "submission__descriptor")


def _keep_hints(comments: Sequence[Comment], hints: Sequence[Hint]) -> bool:
    """Keep what was found in comments, in place of what was found before.

    Return whether somebody may be at risk of whom nobody was told.
    """
    worrying = {hint.comment_id for hint in hints if hint.kind == Hint.Kind.WORRY}
    if worrying:
        known = Hint.objects.filter(kind=Hint.Kind.WORRY, comment__in=worrying)
        worrying -= set(known.values_list("comment_id", flat=True))
    Hint.objects.filter(comment__in=[each.pk for each in comments]).delete()
    Hint.objects.bulk_create(hints)
    found = {hint.comment_id for hint in hints}
    _keep([each for each in comments if each.pk in found], Look.MARKED)
    _keep([each for each in comments if each.pk not in found], Look.DONE)
    shown = (Withheld.NOTHING, Withheld.ON_HOLD)
    return any(each.pk in worrying and each.withheld in shown for each in comments)


def _keep(comments: Iterable[Comment], look: Look) -> None:
    """Keep how far the look at comments is. It is nobody's change, so no version grows."""
    changed = [each for each in comments if each.look != look]
    for each in changed:
        each.look = look
    if changed:
        keys = [each.pk for each in changed]
        Comment.objects.filter(pk__in=keys).update(look=look, version=F("version"))
