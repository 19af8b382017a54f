"""Whatever somebody types or sends, a page answers: with a page, a sentence, or not found."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduction.projects.models import Project, User
from tests.architecture.walk import Address, walk
from tests.cases import cases
from tests.cast import make_member, make_project
from tests.copying import Original
from tests.themes.comments import make_comments
from tests.themes.conftest import make_book
from themes.forms.fields import read_key
from themes.models import Quote, Theme
from themes.services import coding
from themes.services.finding import write_finding
from themes.services.quote import choose_quote

NAMES = (
    "after added back clear code codes colour comment definition_cy definition_en descriptor done "
    "extract have into name_cy name_en page parent question removed seen taken text_cy text_en "
    "translation_cy was way"
).split()
ADDRESSES = [each for each in walk() if each.name.startswith("themes:")]


# What may stand in a field that should never: too long, too large, unreadable, elsewhere.
ODD = ["", "0", "-1", "1e9", "9" * 19, "9" * 30, "9" * 4_400, "\u0663", "\x00", "a\x00b", "\ufffd"]
ODD += ["//x.example", "/\\x", "/%0d%0a", "x", "/", "x" * 100_000, "\u202e", "{{ x }}", "%(codes)s"]
ODD += ["up", "no", "leaf", "Parks", "swings", "\u2026", "<script>"]


@dataclass
class Things:
    """A project with an analyst, and what can be named: of it, of another project, of none."""

    project: Project
    analyst: User
    named: dict[str, list[str]]


def make_things() -> Things:
    """Make two projects that have one of everything."""
    project, other = make_project("bryn", "Bryn"), make_project("glyn", "Glyn")
    named: dict[str, list[str]] = {"theme": [], "quote": [], "comment": []}
    for place in (project, other):
        by = make_member(place, "analyst")
        book = make_book(place, by)
        said = make_comments(place, "The swings.", "The bins.", "The paths.", consent=True)
        coding.code_comments(project=place, pairs=[(said[0], book.parks)], by=by)
        quote = choose_quote(comment=said[0], theme=book.spaces, extract="swings", by=by)
        write_finding(theme=book.spaces, text={"en": "Parks."}, by=by)
        named["theme"] += [str(each.uuid) for each in (book.spaces, book.parks, book.loose)]
        named["quote"].append(str(quote.uuid))
        named["comment"] += [str(comment.pk) for comment in said]
    named["theme"].append(str(uuid4()))
    return Things(project, make_member(project, "analyst"), named)


@pytest.fixture(scope="module")
def first_things(made_once) -> Original[Things]:
    """The two projects, made once for all addresses."""
    return made_once(make_things)


def sent(things: dict[str, list[str]]) -> st.SearchStrategy[dict[str, list[str]]]:
    """Give fields, each with what belongs somewhere, or what never should."""
    real = st.sampled_from([each for kind in things.values() for each in kind])
    values = st.lists(
        st.one_of(real, st.sampled_from(ODD), st.text(max_size=20)), min_size=1, max_size=3
    )
    comment = st.lists(
        st.one_of(st.sampled_from(things["comment"]), st.sampled_from(ODD)), max_size=1
    )
    others = st.dictionaries(st.sampled_from(NAMES), values, max_size=6)
    return st.builds(lambda one, more: {"comment": one, **more}, comment, others)


@pytest.mark.parametrize(
    ("typed", "key"),
    [("7", 7), (" 7 ", 7), (str(2**63 - 1), 2**63 - 1)]
    + [(odd, None) for odd in (*ODD, str(2**63), "-7", "7.5") if odd != "\u0663"],
)
def test_a_key_is_what_a_database_can_hold(typed, key) -> None:
    assert read_key({"comment": typed}, "comment") == key


@pytest.mark.long
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda each: each.name)
def test_no_address_fails(
    db: None, client_of, first_things: Original[Things], address: Address
) -> None:
    made = first_things.copy()
    desk, things = client_of(made.analyst), made.named
    answered: Counter[int] = Counter()
    named = things["quote" if "quotes/<uuid" in address.route else "theme"]

    @settings(
        max_examples=cases(6), deadline=None, database=None, suppress_health_check=HealthCheck
    )
    @given(query=sent(things), form=sent(things), uuid=st.sampled_from(named))
    def ask(query, form, uuid) -> None:
        takes = {"project": made.project.slug, "uuid": uuid, "position": "0", "way": "next"}
        url = address.url(takes)
        url = f"{url}?{urlencode(query, doseq=True)}"
        for accept in ("text/html", "application/json"):
            answered[desk.get(url, HTTP_ACCEPT=accept).status_code] += 1
            answered[desk.post(url, form, HTTP_ACCEPT=accept).status_code] += 1

    ask()
    print(f"{address.name}: {sum(answered.values())} requests, {dict(answered)}")
    assert max(answered) < 500
    assert sum(answered.values()) >= 24


def boxes(project, book) -> dict[str, dict[str, str]]:
    """Give every form that takes words, well filled."""
    quote = Quote.objects.of(project).get()
    name = {"name_en": "A name", "definition_en": "A meaning"}
    words = {"extract": "swings", "descriptor": "A mother", "translation_cy": "siglenni"}

    def at(view: str, **uuid: object) -> str:
        return reverse(f"themes:{view}", kwargs={"project": project.slug, **uuid})

    return {
        at("theme_add"): {**name, "colour": "leaf"},
        at("code_add"): name,
        at("theme_change", uuid=book.litter.uuid): name,
        at("quote_choose", uuid=book.parks.uuid) + f"?comment={quote.comment_id}": words,
        at("quote_change", uuid=quote.uuid): words,
        at("finding_write", uuid=book.safety.uuid): {"text_en": "Words", "text_cy": "Geiriau"},
    }


def test_an_unreadable_character_is_taken_out_of_every_box(
    client_of, analyst, project, book
) -> None:
    desk, tried = client_of(analyst), 0
    said = make_comments(project, "The swings.", consent=True)[0]
    choose_quote(comment=said, theme=book.spaces, extract="swings", by=analyst)
    for address, form in boxes(project, book).items():
        for box in form.keys() - {"colour"}:
            answer = desk.post(address, {**form, box: form[box] + "\x00"})
            # A theme of that name is there by the second time: the door opens before that is asked.
            assert answer.status_code in {200, 302, 409}, (address, box)
            tried += 1
    assert not any(
        "\x00" in f"{theme.name.entries}{theme.definition.entries}" for theme in Theme.objects.all()
    )
    assert tried == 14
