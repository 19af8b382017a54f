"""Fills a store with comments, codings and engagements: many rows at once, always the same ones.

Rows go in as prepared tuples. What every row has alike is taken from the model itself, so that a
new column gets its default and a computed one is computed.
"""

import datetime
import random
import uuid
from collections.abc import Iterator
from itertools import count as numbers_from
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from bench.vocabulary import by_use, comments, word_list
from coproduction.projects.models import Project, User
from engagements.models import Comment, Engagement, Look, Question, Submission
from sample.story.reading import sayings
from themes.models import Coding, Theme

AT_ONCE = 5_000
# After so many times so many, PostgreSQL measures its tables.
LOOKED_AT = 10
COMMENTS_AN_ENGAGEMENT = 250
CODED, TWICE, QUOTABLE = 0.9, 0.12, 0.6


def fill(project: Project, size: int, by: User) -> None:
    """Bring a project to ``size`` comments, nine in ten of them coded, by engagements of 250."""
    missing = size - Comment.objects.of(project).count()
    if missing <= 0:
        return
    seed = f"{project.slug} {size}"
    engagements = _add_engagements(project, missing // COMMENTS_AN_ENGAGEMENT + 1, seed)
    first = _first_free(Submission), _first_free(Comment)
    _insert_all(Submission, _submissions(project, engagements, first[0], missing, seed))
    _insert_all(Comment, _comments(project, engagements, first, missing, seed))
    _insert_all(Coding, _codings(project, engagements, first[1], missing, by=by, seed=seed))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Submission, Comment]):
            cursor.execute(statement)


def _add_engagements(project: Project, count: int, seed: str) -> list[int]:
    """Make engagements like those that are there; return their keys."""
    made = Engagement.objects.bulk_create(
        [
            Engagement(
                project=project,
                title=f"Listening {number} in the {place}",
                method=("event", "survey", "interview")[number % 3],
                place=f"The {place}",
                date=datetime.date(2023, 8, 1) + datetime.timedelta(days=number % 180),
                people_heard=90,
                status=Engagement.Status.HELD,
            )
            for number in range(count)
            for place in [("hall", "park", "school", "library", "market")[number % 5]]
        ],
        batch_size=500,
    )
    return [each.pk for each in made]


def _first_free(model: type[models.Model]) -> int:
    """Return the first key that no row has."""
    return (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def _submissions(
    project: Project, engagements: list[int], first: int, count: int, seed: str
) -> Iterator[tuple[models.Model, dict[str, Any]]]:
    """Yield a sitting for every two comments."""
    dice = random.Random(f"{seed} sittings")  # noqa: S311
    alike = Submission(project=project, channel=Submission.Channel.IMPORT)
    who = ("A parent", "An older resident", "A young person", "A shopkeeper", "")
    for number in range((count + 1) // 2):
        identity = uuid.UUID(int=dice.getrandbits(128), version=4)
        yield (
            alike,
            {
                "pk": first + number,
                "uuid": identity,
                "engagement_id": engagements[(2 * number) // COMMENTS_AN_ENGAGEMENT],
                "receipt": identity.hex[:18].upper(),
                "descriptor": who[number % len(who)],
                "file_hash": f"{seed}"[:64],
                "row": number,
            },
        )


def _comments(
    project: Project, engagements: list[int], first: tuple[int, int], count: int, seed: str
) -> Iterator[tuple[models.Model, dict[str, Any]]]:
    """Yield comments in words of a real vocabulary, on the project's questions by turns."""
    questions = _questions(project)
    said = [each.text for each in sayings()]
    texts = comments(word_list(by_use(said)), seed)
    dice = random.Random(f"{seed} consent")  # noqa: S311
    alike = Comment(project=project)
    for number in range(count):
        yield (
            alike,
            {
                "pk": first[1] + number,
                "submission_id": first[0] + number // 2,
                "engagement_id": engagements[number // COMMENTS_AN_ENGAGEMENT],
                "question_id": questions[number % len(questions)],
                "position": number % 2,
                "text": next(texts),
                "quote_consent": dice.random() < QUOTABLE,
                "look": Look.DONE,
            },
        )


def _codings(
    project: Project, engagements: list[int], first: int, count: int, *, by: User, seed: str
) -> Iterator[tuple[models.Model, dict[str, Any]]]:
    """Yield codings of nine comments in ten, one in eight of those with a second code."""
    codes = list(Theme.objects.of(project).codes().values_list("pk", flat=True))
    questions = _questions(project)
    dice = random.Random(f"{seed} codes")  # noqa: S311
    alike = Coding(project=project, by=by)
    for number in range(count):
        if dice.random() >= CODED:
            continue
        for code in dice.sample(codes, 2 if dice.random() < TWICE else 1):
            yield (
                alike,
                {
                    "comment_id": first + number,
                    "theme_id": code,
                    "engagement_id": engagements[number // COMMENTS_AN_ENGAGEMENT],
                    "question_id": questions[number % len(questions)],
                },
            )


def _questions(project: Project) -> list[int]:
    """Return the keys of the questions that a project asks."""
    return list(Question.objects.of(project).filter(is_asked=True).values_list("pk", flat=True))


def _insert_all(
    model: type[models.Model], rows: Iterator[tuple[models.Model, dict[str, Any]]]
) -> None:
    """Put rows in, some thousands at once; each is one object with some values of its own."""
    fields = [
        each
        for each in model._meta.concrete_fields
        if not each.primary_key or model in {Submission, Comment}
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(each.column) for each in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608
    prepared = (_values(fields, alike, own) for alike, own in rows)
    with connection.cursor() as cursor:
        for number in numbers_from(1):
            if not (batch := list(islice(prepared, AT_ONCE))):
                break
            if connection.vendor == "sqlite":
                with transaction.atomic():
                    cursor.executemany(insert + places, batch)
                continue
            cursor.execute(
                insert + ", ".join(cursor.mogrify(places, row).decode() for row in batch)
            )
            if number % LOOKED_AT == 0:
                # As PostgreSQL does by itself while files come in, if not as fast as here.
                cursor.execute("ANALYZE")


def _values(
    fields: list[models.Field], alike: models.Model, own: dict[str, Any]
) -> tuple[Any, ...]:
    """Return a row's values as the database takes them."""
    for name, value in own.items():
        setattr(alike, name, value)
    return tuple(
        each.get_db_prep_save(each.pre_save(alike, add=True), connection) for each in fields
    )
