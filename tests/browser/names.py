"""What a page is to somebody who hears it: the names, landmarks and languages it gives."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

ACTING = {"link", "button", "DisclosureTriangle"}
# What a page's own title is, before anything is fetched into it.
TITLE_GIVEN = (
    """addEventListener('DOMContentLoaded', () => { window.titleGiven = document.title })"""
)
LANDMARKS = {"banner", "complementary", "contentinfo", "main", "navigation", "region"}

# Where a control leads: what is sent, and where to. A part that opens leads to itself alone.
_TARGET = """function () {
    const own = this.closest('a[href], button, summary, input') || this;
    if (own.matches('a')) return own.href;
    const form = own.form;
    if (!form || !own.matches('button, [type=submit]')) {
        const every = [...document.querySelectorAll('*')];
        return String(every.indexOf(own));
    }
    const sent = [...form.querySelectorAll('input[type=hidden]')]
        .filter(each => each.name !== 'csrfmiddlewaretoken' && each.name !== 'form_key');
    const words = sent.map(each => `${each.name}=${each.value}`);
    const where = own.getAttribute('formaction') || form.getAttribute('action') || '';
    return [where, ...words, `${own.name}=${own.value}`].join(' ');
}"""

# Words that the page itself says are of another language, said elsewhere without saying so.
_FOREIGN = """() => {
    const page = document.documentElement.lang;
    const tongue = (each) => each.closest('[lang]').lang;
    const said = new Map();
    for (const each of document.querySelectorAll('main [lang]')) {
        const text = each.textContent.replace(/\\s+/g, ' ').trim();
        if (each.lang !== page && text.length > 11) said.set(text.slice(0, 40), each.lang);
    }
    const wrong = [];
    let looked = 0;
    for (const each of document.querySelectorAll('[aria-label], [alt], [title]')) {
        const words = ['aria-label', 'alt', 'title']
            .map(name => each.getAttribute(name) || '').join(' ');
        looked += 1;
        for (const [text, lang] of said) {
            if (words.includes(text) && tongue(each) !== lang) wrong.push(`attribute: ${words}`);
        }
    }
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode, words = node.textContent.replace(/\\s+/g, ' ').trim();
        if (words.length < 12 || node.parentElement.closest('script, style')) continue;
        looked += 1;
        for (const [text, lang] of said) {
            if (words.includes(text) && tongue(node.parentElement) !== lang) {
                wrong.push(`text: ${words.slice(0, 90)}`);
            }
        }
    }
    return [looked, [...new Set(wrong)]];
}"""

# Keys are said by aria-keyshortcuts, and never in a name.
_KEYS = """() => [...document.querySelectorAll(':is(a, button, label, summary, legend) kbd')]
    .filter(each => each.getAttribute('aria-hidden') !== 'true')
    .map(each => each.closest('a, button, label, summary, legend').textContent.trim())"""


def _value(node: dict[str, Any], key: str) -> str:
    """Return what a node of the tree says: its role or name."""
    return str(node.get(key, {}).get("value", "")).strip()


def heard(session: CDPSession) -> list[dict[str, Any]]:
    """Return the nodes of the page's accessibility tree that are not ignored."""
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node["ignored"]]


def _target(session: CDPSession, node: dict[str, Any]) -> str:
    """Return where a control leads."""
    found = session.send("DOM.resolveNode", {"backendNodeId": node["backendDOMNodeId"]})
    answer = session.send(
        "Runtime.callFunctionOn",
        {
            "functionDeclaration": _TARGET,
            "objectId": found["object"]["objectId"],
            "returnByValue": True,
        },
    )
    return str(answer["result"]["value"])


def _alike(session: CDPSession, nodes: list[dict[str, Any]]) -> Iterator[str]:
    """Give the names that several controls have which lead to different places."""
    by_name = defaultdict(list)
    for node in nodes:
        if (role := _value(node, "role")) in ACTING:
            # A part that opens may be called what the button in it is called.
            opens = role == "DisclosureTriangle"
            by_name[opens, _value(node, "name")].append(node)
    for (_opens, name), those in by_name.items():
        if not name:
            yield f"{len(those)} controls without a name"
        elif len(those) > 1:
            targets = {_target(session, node) for node in those}
            if len(targets) > 1:
                role = _value(those[0], "role")
                yield f"{len(targets)} targets named {name!r} ({role})"


def _unnamed(nodes: list[dict[str, Any]]) -> Iterator[str]:
    """Give the landmarks, tables and pictures that nobody could tell from another."""
    names = Counter((_value(node, "role"), _value(node, "name")) for node in nodes)
    landmarks = Counter(_value(node, "role") for node in nodes)
    for (role, name), count in names.items():
        if role in {"complementary", "table", "image", "img"} and not name:
            yield f"{count} × {role} without a name"
        elif role == "navigation" and not name and landmarks[role] > 1:
            yield "navigation without a name, beside another"
        elif (role in LANDMARKS or role == "table") and count > 1:
            yield f"{count} × {role} named {name!r}"


def unheard(page: Page) -> tuple[Counter[str], list[str]]:
    """Count what the page says of itself, and return what somebody who hears it cannot tell."""
    expect(page.locator(".htmx-request")).to_have_count(0)
    session = page.context.new_cdp_session(page)
    nodes = heard(session)
    looked, foreign = page.evaluate(_FOREIGN)
    wrong = [*_alike(session, nodes), *_unnamed(nodes)]
    wrong += [f"a key in a name: {each}" for each in page.evaluate(_KEYS)]
    wrong += [f"without its language, {each}" for each in foreign]
    if (title := page.title()) != page.evaluate("window.titleGiven"):
        wrong.append(f"a piece fetched into the page made its title {title!r}")
    session.detach()
    roles = Counter(_value(node, "role") for node in nodes)
    acting = sum(roles[role] for role in ACTING)
    return Counter({"controls": acting, "tables": roles["table"], "texts": looked}), wrong
