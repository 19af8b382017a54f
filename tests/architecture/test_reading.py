"""Reading changes nothing: whatever somebody signed out opens, no row is written or locked."""

import re
from collections.abc import Iterable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engagements.services.withholding import withdraw_comment
from plan.queries.masking import mask_of
from tests.architecture.walk import ADDRESSES
from tests.caches import clear_caches

# A cursor is how PostgreSQL is read a piece at a time.
READS = re.compile(
    r"\s*(DECLARE \"\w+\" [A-Z ]*CURSOR [A-Z ]*FOR )?"
    r"\(?SELECT\b(?!.*\bFOR (NO KEY )?(UPDATE|SHARE)\b)",
    re.DOTALL,
)


def not_reads(urls: Iterable[str]) -> tuple[int, list[str]]:
    """Open addresses, signed out and with nothing kept: how many queries; which were not reads.

    A transaction is none either: on SQLite each takes the only lock there is.
    """
    asked, wrong = 0, []
    for url in urls:
        clear_caches()
        with CaptureQueriesContext(connection) as seen:
            response = Client().get(url)
            if response.streaming:
                b"".join(response.streaming_content)
        asked += len(seen)
        sent = [query["sql"] for query in seen.captured_queries]
        wrong += [f"{url}: {sql}" for sql in sent if not READS.match(sql)]
    return asked, wrong


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_page_writes_or_locks_a_row(language: str, worlds, say) -> None:
    urls = [each.url(worlds.ours.kwargs(each.name), language) for each in ADDRESSES]
    asked, wrong = not_reads(urls)
    assert wrong == []
    assert asked > 50
    say(f"{len(urls)} addresses, {asked} queries: none but reads")


def test_no_page_does_what_a_withdrawal_means_for_the_plan(worlds) -> None:
    """The follow-up does that; until it ran, readers are shown nothing withdrawn."""
    ours = worlds.ours
    urls = [each.url(ours.kwargs(each.name)) for each in ADDRESSES if each.access == "public"]
    with transaction.atomic():
        withdraw_comment(comment=ours.things["quote"].comment, by=ours.coordinator)
        assert not mask_of(ours.things["edition"]).is_corrected
        assert not_reads(urls)[1] == []
        assert not mask_of(ours.things["edition"]).is_corrected
        transaction.set_rollback(True)
    assert len(urls) > 15


def test_what_is_not_there_writes_nothing(worlds) -> None:
    slug = worlds.ours.project.slug
    urls = [
        f"/{slug}/follow/7KQM-4TPX-9RWD/",
        f"/{slug}/follow/not-a-code/",
        f"/{slug}/plan/actions/9999/",
        f"/{slug}/plan/themes/00000000-0000-4000-8000-000000000000/",
        f"/{slug}/tell-us/no-such-survey/",
        f"/{slug}/plan/plan.pdf?language=xx",
        f"/{slug}/plan/figures/?of=nothing",
        "/no-such-place/plan/",
    ]
    asked, wrong = not_reads(urls)
    assert wrong == []
    assert asked > 4


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE "plan_section" SET "kind" = 1',
        ' INSERT INTO "plan_section" VALUES (1)',
        "DELETE FROM plan_section",
        'SELECT "id" FROM "plan_section" LIMIT 1 FOR UPDATE OF "plan_section"',
        "BEGIN IMMEDIATE",
        'SAVEPOINT "s1"',
    ],
)
def test_what_writes_or_locks_is_seen(sql: str) -> None:
    assert not READS.match(sql)
    assert READS.match('SELECT "update" FROM "plan_section"')
    cursor = 'DECLARE "one" NO SCROLL CURSOR WITHOUT HOLD FOR SELECT "id" FROM "plan_section"'
    assert READS.match(cursor)
    assert not READS.match(f"{cursor} FOR UPDATE")
