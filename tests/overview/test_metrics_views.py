"""What a machine that watches is told, and only with its token."""

from typing import Any

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

pytestmark = pytest.mark.django_db
ALLOWED = {"authorization": "Bearer a token"}


@pytest.mark.parametrize(
    ("token", "brought"),
    [
        ("", ""),
        ("", "Bearer "),
        ("a token", ""),
        ("a token", "Bearer a toke"),
        ("a token", "Basic a token"),
        ("a token", "Bearer à token"),
    ],
)
def test_without_the_token_there_is_no_such_page(
    settings: Any, client: Client, token: str, brought: str
) -> None:
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", headers={"authorization": brought}).status_code == 404


def test_requests_are_counted_by_the_name_of_their_page(
    settings: Any, project: Any, client: Client
) -> None:
    settings.METRICS_TOKEN = "a token"
    for url in ("/bryn/privacy/?mair=said", "/bryn/privacy/", "/bryn/follow/7KQM-4TPX-9RWD/"):
        client.get(url)
    before = counted(client)
    for url in ("/bryn/privacy/?mair=said", "/bryn/privacy/", "/bryn/follow/7KQM-4TPX-9RWD/"):
        client.get(url)
    after = counted(client)
    assert after["overview:privacy", "200"] == before["overview:privacy", "200"] + 2
    assert after["plan:follow_receipt", "404"] == before["plan:follow_receipt", "404"] + 1
    words = client.get("/metrics", headers=ALLOWED).content.decode()
    for private in ("mair", "7KQM", "bryn"):
        assert private not in words
    assert client.post("/metrics", headers=ALLOWED).status_code == 405


def counted(client: Client) -> dict[tuple[str, str], float]:
    """Return how many requests were counted, by page and status."""
    answer = client.get("/metrics", headers=ALLOWED)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    families = {each.name: each for each in text_string_to_metric_families(answer.content.decode())}
    assert {"coproduction_jobs", "coproduction_letters", "coproduction_workers"} <= families.keys()
    return {
        (sample.labels["view"], sample.labels["status"]): sample.value
        for sample in families["coproduction_requests"].samples
        if sample.name.endswith("_total")
    }
