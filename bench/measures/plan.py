"""The published plan: its page drawn anew beside an honest bare one, and its PDF."""

import uuid
from collections import Counter

import msgspec
import weasyprint
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from bench.measures.pages import forget
from bench.measures.people import PROJECT, client_of, sample_project
from bench.memory import now
from bench.timing import paired, whole
from plan.edition.format import write
from plan.edition.snapshot import FrozenAction, Snapshot
from plan.models import Edition
from plan.paper.pdf import GROUND, write_pdf
from plan.queries.edition import snapshot_of_edition
from plan.services.rendering import html_of_edition

_URL = f"/{PROJECT}/plan/"
# The bare page says this share of our page's different words, or it is another page.
_SAME_WORDS = 0.85


def _words(content: bytes) -> Counter[str]:
    """Count the words of a page's main part."""
    main = html.fromstring(content).find(".//main")
    return Counter(main.text_content().lower().split())


def turns(times: int) -> dict[str, list[float]]:
    """Draw our page and the bare one so often, turn about, nothing kept; milliseconds.

    Raises RuntimeError where the bare page does not say what ours says.
    """
    client = client_of("")

    def get(url: str) -> bytes:
        response = client.get(url, headers={"accept-encoding": "identity"})
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}.")
        return response.content

    def ours() -> None:
        forget()
        get(_URL)

    said, bare = _words(get(_URL)), _words(get("/bare/plan"))
    share = len(said.keys() & bare.keys()) / len(said)
    if share < _SAME_WORDS:
        raise RuntimeError(f"The bare page has {share:.0%} of our page's words.")
    return paired(ours, lambda: get("/bare/plan"), times=times)


def weights() -> dict[str, dict[str, int]]:
    """Return bytes and nodes of both pages, not compressed; and the queries of ours."""
    client, found = client_of(""), {}
    for name, url in (("ours", _URL), ("bare", "/bare/plan")):
        forget()
        with CaptureQueriesContext(connection) as asked:
            content = client.get(url, headers={"accept-encoding": "identity"}).content
        nodes = sum(1 for _node in html.fromstring(content).iter())
        found[name] = {"bytes": len(content), "nodes": nodes, "queries": len(asked)}
    return found


def _edition(actions: int) -> Edition:
    """Return the sample's edition with so many actions: its own, repeated under new numbers."""
    edition = Edition.objects.latest_of(sample_project())
    if edition is None:
        raise RuntimeError("There is no edition.")
    snapshot = snapshot_of_edition(edition)
    if actions > len(snapshot.actions):
        edition.snapshot = write(_longer(snapshot, actions))
    return edition


def _longer(snapshot: Snapshot, actions: int) -> Snapshot:
    """Repeat a snapshot's actions until there are so many."""
    there = list(snapshot.actions)
    more: list[FrozenAction] = [
        msgspec.structs.replace(
            there[number % len(there)],
            uuid=str(uuid.UUID(int=number + 1, version=4)),
            number=1_000 + number,
        )
        for number in range(actions - len(there))
    ]
    return msgspec.structs.replace(snapshot, actions=(*there, *more))


def pdf_turns(times: int, actions: int = 40) -> dict[str, list[float]]:
    """Make the PDF from the database, turn about with WeasyPrint alone on the same HTML; ms."""
    edition = _edition(actions)
    ready = html_of_edition(edition, "en")

    def ours() -> None:
        write_pdf(html_of_edition(_edition(actions), "en"))

    def bare() -> None:
        weasyprint.HTML(string=ready, base_url=f"{GROUND.as_uri()}/").write_pdf(
            pdf_variant="pdf/ua-1"
        )

    return paired(ours, bare, times=times, warm=1)


def pdf_growth(times: int) -> dict[str, list[float]]:
    """Make the PDF of 160 actions (ours) and of 40 (bare), turn about; milliseconds."""
    return paired(
        lambda: write_pdf(html_of_edition(_edition(160), "en")),
        lambda: write_pdf(html_of_edition(_edition(40), "en")),
        times=times,
        warm=0,
    )


def pdf_once(actions: int) -> dict[str, float]:
    """Make one PDF: its milliseconds, pages, and the MB this process held before it."""
    edition, before, pages = _edition(actions), now(), []

    def make() -> None:
        pages.append(write_pdf(html_of_edition(edition, "en")).pages)

    return {"ms": whole(make), "pages": pages[0], "before": before}
