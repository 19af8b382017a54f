"""Every form of every page, sent so that it is refused: what is wrong is met at once."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from lxml import html
from lxml.html import FormElement, HtmlElement

from coproduction.projects.access import CAPABILITIES
from tests.architecture.test_many_hands import QUERIES, boxes_of, undone
from tests.architecture.walk import ADDRESSES, Address
from tests.forms import Sent

# It walks the house's pages: no database makes another of them.
pytestmark = pytest.mark.once

LONG = "Words " * 20_000
# Forms that nothing typed makes wrong, and why.
NEVER_REFUSED = {
    "plan:plan q": "a search finds something or says that it found nothing",
    "plan:preview q": "a search finds something or says that it found nothing",
    "engagements:import_mend cell_3_0": "a row that is ticked stays out, whatever stands in it",
    "themes:coding question": "a narrowing that is not on offer is none",
}


def callers(worlds) -> dict[str, Client]:
    """Return a client of each role, and one of nobody."""
    made = {"": Client()}
    for role, user in worlds.ours.by_role.items():
        made[role] = Client()
        made[role].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def who_opens(address: Address) -> str:
    """Name a role that may open an address; nothing for one that is open to all."""
    if address.access in CAPABILITIES:
        return sorted(CAPABILITIES[address.access])[0]
    return "coordinator" if address.access == "signed-in" else ""


def wrongly_filled(form: FormElement, how: str) -> Sent:
    """Return what a form sends when it is filled in wrongly: with nonsense, nothing or too much."""
    sent: Sent = {}
    for box in form.iter("input", "textarea", "select"):
        name, kind = box.get("name"), (box.get("type") or box.tag).lower()
        if not name or kind in {"submit", "button"}:
            continue
        if kind == "hidden":
            sent.setdefault(name, []).append(box.get("value", ""))
        elif how != "nothing":
            free = {"text": "Typed here", "textarea": "Typed here", "search": "Typed here"}
            sent[name] = [LONG if how == "too much" else free.get(kind, "no-such-thing")]
    return sent


def send(client: Client, form: FormElement, url: str, sent: Sent) -> HttpResponse:
    """Send a form where it says."""
    at = (form.get("action") or url).split("#")[0]
    way = client.post if (form.get("method") or "").lower() == "post" else client.get
    return way(at if at.startswith("/") else urlsplit(url).path, sent)


def is_refused(answer: HttpResponse) -> bool:
    """Say whether an answer is a page with a summary of what is wrong."""
    return b"govuk-error-summary" in answer.content if not answer.streaming else False


def faults_of_message(answer: HttpResponse, client: Client) -> list[str]:
    """Name what the page lacks to which a refused button leads."""
    page = html.fromstring(client.get(answer["Location"]).content)
    title = " ".join(page.findtext(".//title").split())
    alerts = page.xpath("//main//*[@role='alert']")
    if not alerts:
        return ["nothing says that it was refused"]
    focused = [each for each in alerts if each.get("autofocus") is not None]
    faults = [] if title.startswith("Error: ") else [f"its title is {title!r}"]
    return faults + ([] if len(focused) == 1 else [f"{len(focused)} alerts are focused"])


def faults_of(page: HtmlElement, sent: Sent, how: str) -> list[str]:
    """Name what a refused page lacks."""
    title = " ".join(page.findtext(".//title").split())
    found = [] if title.startswith("Error: ") else [f"its title is {title!r}"]
    summaries = page.find_class("govuk-error-summary")
    if len(summaries) != 1:
        return [*found, f"{len(summaries)} summaries"]
    found += faults_of_summary(summaries[0], page.find(".//main"))
    for link in summaries[0].iter("a"):
        found += faults_of_link(page, link)
    return found + lost_references(page) + (words_lost(page, sent) if how == "nonsense" else [])


def faults_of_summary(summary: HtmlElement, main: HtmlElement) -> list[str]:
    """Name what a summary lacks to be met first."""
    found, order = [], list(main.iter())
    if any(order.index(each) < order.index(summary) for each in main.iter("h1", "form")):
        found.append("the summary is not the first in the main part")
    if summary.get("autofocus") is None or summary.get("tabindex") != "-1":
        found.append("the summary is not focused")
    if not list(summary.iter("li")):
        found.append("the summary is empty")
    return found


def faults_of_link(page: HtmlElement, link: HtmlElement) -> list[str]:
    """Name what a line of the summary leads to wrongly, and what its box is not tied to."""
    target = link.get("href").removeprefix("#")
    boxes = page.xpath("//*[@id=$id]", id=target)
    if len(boxes) != 1 or boxes[0].tag not in {"input", "textarea", "select"}:
        return [f"{link.text_content()!r} leads to {target!r}: {boxes}"]
    box = boxes[0]
    groups = [each for each in box.iterancestors() if "govuk-form-group" in each.get("class", "")]
    described = {
        word
        for each in (box, *box.iterancestors("fieldset"))
        for word in each.get("aria-describedby", "").split()
    }
    told = [
        each
        for name in ("govuk-hint", "govuk-error-message")
        for group in groups[:1]
        for each in group.find_class(name)
        # What explains one choice of several is tied to that choice.
        if "__item" not in each.getparent().get("class", "")
    ]
    return [
        f"{target} is not tied to {id}" for each in told if (id := each.get("id")) not in described
    ]


def lost_references(page: HtmlElement) -> list[str]:
    """Name what is said to be described by something that is not on the page."""
    ids = set(page.xpath("//@id"))
    named = [word for each in page.xpath("//@aria-describedby") for word in each.split()]
    return [
        f"something is described by {word}, which is not there" for word in named if word not in ids
    ]


def hints_lost(form: FormElement, page: HtmlElement) -> list[str]:
    """Name the hints of a form that are no longer said once it was refused."""
    said = {" ".join(each.text_content().split()) for each in page.find_class("govuk-hint")}
    hints = [" ".join(each.text_content().split()) for each in form.find_class("govuk-hint")]
    return [f"the hint {hint[:60]!r} is gone" for hint in hints if hint and hint not in said]


def words_lost(page: HtmlElement, sent: Sent) -> list[str]:
    """Name the boxes in which what was typed is no longer there."""
    shown = {box.get("name"): box.value for box in page.find(".//main").iter("input", "textarea")}
    typed = [name for name, values in sent.items() if values == ["Typed here"]]
    return [
        f"what was typed in {name} is gone"
        for name in typed
        if "Typed here" not in (shown.get(name) or "")
    ]


def test_what_is_wrong_is_met(worlds, say: Callable[[str], None]) -> None:
    clients = callers(worlds)
    met, wrong, never, said = Counter(), [], {}, []
    for address in ADDRESSES:
        url = address.url(worlds.ours.kwargs(address.name)) + QUERIES.get(address.name, "")
        client = clients[who_opens(address)]
        with undone():
            page = client.get(url)
        if page.status_code != 200 or "html" not in page.headers["Content-Type"]:
            continue
        forms = [form for form in html.fromstring(page.content).iter("form") if boxes_of(form)]
        for form in forms:
            name = f"{address.name} {' '.join(boxes_of(form)[:1])}"
            if not form.get("action"):
                # The browser would keep what stands after the "#", and show that place instead.
                wrong.append(f"{name}: does not say where it is sent")
            for how in ("nonsense", "nothing", "too much"):
                sent = wrongly_filled(form, how)
                with undone():
                    answer = send(client, form, url, sent)
                    if answer.status_code == 302:
                        said = faults_of_message(answer, client)
                if is_refused(answer):
                    met[how] += 1
                    refused = html.fromstring(answer.content)
                    faults = faults_of(refused, sent, how) + hints_lost(form, refused)
                    wrong += [f"{name} ({how}): {fault}" for fault in faults]
                    break
                if answer.status_code == 302 and not said:
                    met["by a message"] += 1
                    break
            else:
                never[name] = said or answer.status_code
    say(f"forms refused and met: {dict(met)}")
    assert not wrong, "\n".join(wrong)
    assert never.keys() == NEVER_REFUSED.keys(), never
    assert sum(met.values()) > 65
