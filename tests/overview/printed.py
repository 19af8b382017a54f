"""Every figure that a project prints: what it is of, where it stands, and what is written there."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.test import Client
from django.utils.text import capfirst
from django.utils.translation import gettext

from coproduction.projects.models import Organisation, Project
from engagements.disclosure.small_numbers import PublicCount
from engagements.models import Engagement, Question, Survey
from plan.presentation.figures import FIGURE_NAMES
from steering.models import Decision, Sector
from steering.queries.agreement import Agreement
from tests.overview.figures import Figure
from tests.overview.page import Page, answer_at, hidden_or_number, numbers_in, text_of
from themes.models import Theme
from workshops.models import Workshop

# The plan's own names of figures, as its addresses and its open data have them.
OF_PLAN: dict[str, Figure] = {
    "engagements": ("engagements",),
    "people": ("people",),
    "comments": ("comments",),
    "themes": ("themes",),
    "workshops": ("workshops held",),
    "residents": ("residents",),
    "partners": ("partners",),
    "actions": ("agreed",),
    "committed": ("committed",),
    "seats": ("seats",),
    "meetings": ("meetings",),
    "not-taken-forward": ("not taken forward",),
}
OF_OVERVIEW: dict[str, Figure] = {
    "engagements_held": ("engagements",),
    "people_heard": ("people",),
    "comments": ("comments",),
    "themes": ("themes",),
    "codes": ("codes",),
    "comments_to_code": ("comments to code",),
    "workshops": ("workshops",),
    "actions_written": ("actions written",),
    "seats": ("seats",),
    "meetings": ("meetings",),
    "actions_agreed": ("agreed",),
    "editions": ("editions",),
}


class Printed(NamedTuple):
    """A figure, where it stands, and what is written there."""

    figure: Figure
    place: str
    text: str


def printed(
    page: Page, hook: str, figures: Sequence[Figure], texts: Sequence[str]
) -> list[Printed]:
    """Say what stands at a place of a page, one figure after the other."""
    assert len(figures) == len(texts), f"{page.path} {hook}: {texts} for {figures}"
    place = f"{page.path} {hook}"
    return [Printed(*each) for each in zip(figures, [place] * len(texts), texts, strict=True)]


class Printer:
    """Reads a project's pages, in the active language, at addresses that begin with ``prefix``."""

    def __init__(self, project: Project, client: Client, *, prefix: str = "") -> None:
        """Know what there is to read of."""
        self.project, self.client = project, client
        self.base = f"{prefix}/{project.slug}/"
        self.data = f"/{project.slug}/plan/"
        themes = list(Theme.objects.of(project).current().order_by("position", "pk"))
        self.themes = [each for each in themes if each.is_theme]
        self.codes = [each for each in themes if not each.is_theme]
        self.questions = [
            each for each in Question.objects.of(project) if each.comments.visible().exists()
        ]
        self.kinds = [each.kind for each in self.questions]
        self.names = {str(each): each.kind for each in Question.objects.of(project)}
        self.all_kinds = [each.kind for each in Question.objects.of(project)]

    def page(self, path: str) -> Page:
        """Open one of the project's pages."""
        return Page(self.client, f"{self.base}{path}")

    def named(self, records: Sequence[Theme | Workshop]) -> dict[str, str]:
        """Return the uuids of records by their names in the active language."""
        return {str(getattr(each, "title", None) or each.name): str(each.uuid) for each in records}

    def by_question(self, uuid: str, kinds: Sequence[str]) -> list[Figure]:
        """Name a theme's comments on each question."""
        return [("comments", uuid, kind) for kind in kinds]

    # --- What everyone reads ----

    def front(self) -> Iterator[Printed]:
        """Read the project's home."""
        page = self.page("")
        card = page.link("/what-we-heard/", "card-link")
        yield from printed(page, "card", [("comments",), ("people",)], numbers_in(card))

    def what_we_heard(self) -> Iterator[Printed]:
        """Read what was heard: the headlines, each theme, and each occasion."""
        page = self.page("what-we-heard/")
        for ending, figure in (
            ("engagements/", "engagements"),
            ("engagements/#people", "people"),
            ("engagements/#comments", "comments"),
        ):
            tile = page.link(ending, "tile")
            yield from printed(page, f"tile {figure}", [(figure,)], numbers_in(tile))
        for theme in self.themes:
            uuid = str(theme.uuid)
            (link,) = page.links(f"/{uuid}/", page.one("//ul[~heard]"))
            total = page.one("//p[~eyebrow]", link.getparent().getparent())
            yield from printed(page, f"theme {uuid}", [("comments", uuid)], numbers_in(total))
            yield from self._what_we_heard_theme(uuid)
        yield from self._where_we_listened()

    def _what_we_heard_theme(self, uuid: str) -> Iterator[Printed]:
        """Read what was heard on one theme."""
        page = self.page(f"what-we-heard/themes/{uuid}/")
        total = page.one("//div[~chapter]//p[~eyebrow]")
        yield from printed(page, "heading", [("comments", uuid)], numbers_in(total))
        of_questions, of_codes = page.all("//table")
        wordings = {str(each.wording): each.kind for each in Question.objects.of(self.project)}
        for wording, texts in page.rows(of_questions):
            yield from printed(page, "questions", [("comments", uuid, wordings[wording])], texts)
        names = self.named(self.codes)
        for name, texts in page.rows(of_codes):
            yield from printed(page, "codes", [("comments", names[name])], texts)

    def _where_we_listened(self) -> Iterator[Printed]:
        """Read the occasions, and the comments by question."""
        page = self.page("what-we-heard/engagements/")
        lede = page.one("//p[~lede]")
        headlines: list[Figure] = [("engagements",), ("people",), ("comments",)]
        yield from printed(page, "lede", headlines, numbers_in(lede))
        yield from self._events(page, page.one("//table[@id='people']"), [-2, -1])
        key = page.all("//ul[~key]//b")
        figures: list[Figure] = [("comments", kind) for kind in self.kinds]
        yield from printed(page, "#comments", figures, [text_of(each) for each in key])

    def _events(self, page: Page, table: object, columns: Sequence[int]) -> Iterator[Printed]:
        """Read a table of occasions, with the people heard and the comments of each."""
        events = {each.title: str(each.uuid) for each in Engagement.objects.of(self.project)}
        for title, texts in page.rows(table):
            figures: list[Figure] = [("people", events[title]), ("comments", events[title])]
            yield from printed(page, "events", figures, [texts[at] for at in columns])

    def plan(self, path: str = "plan/") -> Iterator[Printed]:
        """Read the plan's page, or the draft of the next."""
        page = self.page(path)
        yield from printed(page, "h1", [("agreed",)], numbers_in(page.one("//h1")))
        (people,) = [each for each in page.all("//section[~hero]//p[~lede]")]
        yield from printed(page, "lede", [("people",)], numbers_in(people))
        button = page.link("#actions", "button")
        yield from printed(page, "button", [("agreed",)], numbers_in(button))
        yield from self._journey(page)
        months, themes = page.all("//section[@aria-labelledby='listened-title']//figure[~chart]")
        yield from self._months(page, page.one("//table", months))
        yield from self._themes(page, page.one("//table", themes))
        of_themes = [
            figure
            for theme in self.themes
            for figure in [
                *self.by_question(str(theme.uuid), self.kinds),
                ("comments", str(theme.uuid)),
            ]
        ]
        yield from printed(page, "drawing", of_themes, numbers_in(page.one("//desc", themes)))
        yield from printed(
            page, "note", [("comments",)], numbers_in(page.one("//figcaption/span", themes))
        )
        for at, theme in enumerate(self.themes, start=1):
            yield from self._chapter(page, f"theme-{at}", str(theme.uuid))
        turned_down = page.one("//section[@id='not-taken-forward']//p[~lede]")
        yield from printed(page, "lede", [("not taken forward",)], numbers_in(turned_down))
        for idea in page.all("//li[starts-with(@id, 'idea-')]"):
            number = idea.get("id").removeprefix("idea-")
            for said in page.links("#said", idea):
                yield from printed(page, "idea", [("led by", number)], numbers_in(said)[:1])
        group = page.one("//div[~prose]/p[~small]")
        yield from printed(page, "group", [("seats",), ("meetings",)], numbers_in(group))

    def _journey(self, page: Page) -> Iterator[Printed]:
        """Read the figures down the thread."""
        keys = ("engagements", "comments", "themes", "workshops", "actions", "committed")
        stops = page.all("//*[~journey]//li//b")
        figures = [OF_PLAN[key] for key in keys]
        yield from printed(page, "journey", figures, [text_of(each) for each in stops])

    def _months(self, page: Page, table: object) -> Iterator[Printed]:
        """Read a table of the comments of each month."""
        for at, (_month, texts) in enumerate(page.rows(table)):
            yield from printed(page, "table of months", [("comments", "month", str(at))], texts)

    def _themes(self, page: Page, table: object) -> Iterator[Printed]:
        """Read a table of the themes by question."""
        names = self.named(self.themes)
        for name, texts in page.rows(table):
            uuid = names[name]
            figures = [*self.by_question(uuid, self.kinds), ("comments", uuid)]
            yield from printed(page, "table of themes", figures, texts)

    def _chapter(self, page: Page, anchor: str, uuid: str) -> Iterator[Printed]:
        """Read a theme of the plan: its card, its chart, and its actions' threads."""
        card = page.link(f"#{anchor}", "card-link")
        agreed: Figure = ("agreed", uuid)
        yield from printed(page, "card", [agreed, ("comments", uuid)], numbers_in(card))
        chapter = page.one(f"//section[@id='{anchor}']")
        (chart,) = page.all("//figure[~chart]", chapter)
        note = page.one("//figcaption/span", chart)
        yield from printed(page, "note", [("comments", uuid)], numbers_in(note)[:1])
        of = [
            (("comments", uuid, self.names[name]), texts[0])
            for name, texts in page.rows(page.one("//table", chart))
        ]
        figures = [figure for figure, _text in of]
        yield from printed(page, "chart", figures, [text for _figure, text in of])
        drawn = numbers_in(page.one("//desc", chart))
        yield from printed(page, "drawing", figures, drawn)
        for article in page.all("//article[starts-with(@id, 'action-')]", chapter):
            yield from self._thread(page, article, article.get("id").removeprefix("action-"))

    def _thread(self, page: Page, article: object, number: str) -> Iterator[Printed]:
        """Read the thread of one action's card."""
        for ending, kind in (("#said", "led by"), ("#where", "events"), ("#designed", "workshops")):
            for stop in page.links(ending, article):
                yield from printed(page, ending, [(kind, number)], numbers_in(stop)[:1])
        for stop in page.links("#decided", article):
            yield from self._agreed_by(page, stop, number)

    def _agreed_by(self, page: Page, words: object, number: str) -> Iterator[Printed]:
        """Read "Agreed by 9 of 12" or "by all 12", before a date."""
        figures: list[Figure] = [("agreeing", number), ("seats", number)]
        told = numbers_in(words)
        # The day and the year of the date follow.
        texts = told[:-2] if len(told) == 4 else told[:1] * 2
        yield from printed(page, "decided", figures, texts)

    def figures(self) -> Iterator[Printed]:
        """Read the page of all figures, and the records behind each."""
        page = self.page("plan/figures/")
        for key, figure in OF_PLAN.items():
            number = page.one(f"//*[@id='{key}']/dt//b")
            yield from printed(page, f"#{key}", [figure], [text_of(number)])
            records = self.page(f"plan/figures/?of={key}")
            yield from printed(records, "h1", [figure], numbers_in(records.one("//h1"))[:1])
            table = records.one("//table")
            if key in {"engagements", "people", "comments"}:
                yield from self._events(records, table, [-2, -1])
            elif key == "themes":
                yield from self._themes(records, table)
            elif key in {"workshops", "residents", "partners"}:
                yield from self._workshops(records, table)
            elif key == "seats":
                labels = {str(sector.label): sector.value for sector in Sector}
                for label, texts in records.rows(table):
                    yield from printed(records, "sectors", [("seats", labels[label])], texts)
            else:
                count = len(list(records.rows(table)))
                yield from printed(records, "rows", [figure], [str(count)])

    def _workshops(self, page: Page, table: object) -> Iterator[Printed]:
        """Read a table of workshops."""
        names = self.named(list(Workshop.objects.of(self.project)))
        for title, texts in page.rows(table):
            figures = [(kind, names[title]) for kind in ("residents", "partners", "notes")]
            yield from printed(page, "workshops", figures, texts[-3:])

    def actions(self) -> Iterator[Printed]:
        """Read the page of each action in the plan, and of each idea that is not."""
        rows = self.json["actions"] + self.json["not_taken_forward"]
        for number in (str(row["number"]) for row in rows):
            page = self.page(f"plan/actions/{number}/")
            for heading in page.all("//li[@id='said']/h3"):
                yield from printed(page, "#said", [("led by", number)], numbers_in(heading))
            key = [text_of(each) for each in page.all("//li[@id='said']//ul[~key]//b")]
            of_questions = [("led by", number, kind) for kind in self.kinds]
            if len(key) == len(of_questions):
                yield from printed(page, "key", of_questions, key)
            for place in page.all("//details[@id='where']"):
                summary = page.one("/summary", place)
                yield from printed(page, "#where", [("events", number)], numbers_in(summary))
                count = len(list(page.rows(place)))
                yield from printed(page, "rows of #where", [("events", number)], [str(count)])
            for workshop in page.all("//li[@id='designed']"):
                (link,) = [
                    each for each in page.all("//a", workshop) if "/workshops/" in each.get("href")
                ]
                uuid = link.get("href").rstrip("/").rsplit("/", 1)[-1]
                figures: list[Figure] = [("residents", uuid), ("partners", uuid)]
                sentence = page.all("/p", workshop)[0]
                yield from printed(page, "#designed", figures, numbers_in(sentence))
            if row_of(rows, number).get("tally"):
                (status,) = page.all("//span[~status]")[:1]
                yield from self._agreed_by(page, status, number)

    def events(self) -> Iterator[Printed]:
        """Read the page of each occasion and of each workshop in the plan."""
        for row in self.json["engagements"]:
            page = self.page(f"plan/events/{row['uuid']}/")
            figures: list[Figure] = [("people", row["uuid"]), ("comments", row["uuid"])]
            yield from printed(page, "facts", figures, page.facts()[-2:])
        for row in self.json["workshops"]:
            page = self.page(f"plan/workshops/{row['uuid']}/")
            of = [(kind, row["uuid"]) for kind in ("residents", "partners", "notes")]
            yield from printed(page, "facts", of, page.facts())

    def paper(self) -> Iterator[Printed]:
        """Read the plan on paper: what the PDF is made of, as a page."""
        page = self.page("plan/print/")
        claim = page.one("//p[~cover__claim]")
        yield from printed(page, "cover", [("agreed",)], numbers_in(claim))
        yield from self._journey(page)
        for at, theme in enumerate(self.themes, start=1):
            uuid = str(theme.uuid)
            (line,) = page.links(f"#theme-{at}", page.one("//nav[~contents]"))
            small = page.one("//span[~contents__small]", line)
            yield from printed(page, "contents", [("agreed", uuid)], numbers_in(small))
            note = page.one(f"//section[@id='theme-{at}']//figure[~chart]/figcaption/span")
            yield from printed(page, "opening", [("comments", uuid)], numbers_in(note)[:1])
        for article in page.all("//article[~card]"):
            number = article.get("id").removeprefix("action-")
            counts, *days = page.all("//ol[~thread]/li", article)
            kinds = ("led by", "events", "workshops")
            figures = [(kind, number) for kind in kinds]
            yield from printed(
                page, "thread", figures, [text_of(b) for b in page.all("/b", counts)]
            )
            yield from self._agreed_by(page, days[0], number)
        turned_down = page.one("//section[@id='not-taken']//p[~lede]")
        yield from printed(page, "lede", [("not taken forward",)], numbers_in(turned_down))
        of_figures, of_themes, of_months = page.all("//section[@id='figures']//table")
        cells = [texts[0] for _name, texts in page.rows(of_figures)]
        yield from printed(page, "figures", list(OF_PLAN.values()), cells)
        yield from self._themes(page, of_themes)
        yield from self._months(page, of_months)

    def pdf(self, content: bytes) -> Iterator[Printed]:
        """Read the words of a PDF: its table of figures, and that of the themes by question."""
        command = ["pdftotext", "-raw", "-", "-"]
        read = subprocess.run(command, input=content, capture_output=True, check=True)
        words = " ".join(read.stdout.decode().split())
        words = words[words.rindex(gettext("What it counts")) :]

        def after(name: str, times: int, before: str = "") -> list[str]:
            row = [re.escape(name), *[f"({hidden_or_number()})"] * times, re.escape(before)]
            (found,) = re.findall(" ".join(row), words)
            return [found] if times == 1 else list(found)

        for key, figure in OF_PLAN.items():
            name, _counted, definition = (str(each) for each in FIGURE_NAMES[key])
            (text,) = after(capfirst(name), 1, definition.split()[0])
            yield Printed(figure, "plan.pdf", text)
        for theme in self.themes:
            uuid = str(theme.uuid)
            figures = [*self.by_question(uuid, self.kinds), ("comments", uuid)]
            for figure, text in zip(figures, after(str(theme), len(figures)), strict=True):
                yield Printed(figure, "plan.pdf", text)

    # --- What other programs read ----

    @property
    def json(self) -> dict[str, list[dict[str, object]]]:
        """The plan as open data."""
        data: dict[str, list[dict[str, object]]] = json.loads(
            answer_at(self.client, f"{self.data}plan.json")
        )
        return data

    def open_data(self) -> Iterator[Printed]:
        """Read the plan as JSON."""
        data, place = self.json, f"{self.data}plan.json"

        def read(figure: Figure, value: object) -> Printed:
            return Printed(figure, place, str(PublicCount.read(value)))

        for key, figure in OF_PLAN.items():
            yield read(figure, data["figures"][key.replace("-", "_")])
        for kind, value in data["figures"]["by_question"].items():
            yield read(("comments", kind), value)
        for row in data["engagements"]:
            yield read(("people", row["uuid"]), row["people"])
            yield read(("comments", row["uuid"]), row["comments"])
        for row in data["themes"]:
            yield read(("comments", row["uuid"]), row["comments"])
            for kind, value in row["by_question"].items():
                yield read(("comments", row["uuid"], kind), value)
        for row in data["workshops"]:
            for kind in ("residents", "partners", "notes"):
                yield read((kind, row["uuid"]), row[kind])
        for row in data["actions"] + data["not_taken_forward"]:
            number, thread = str(row["number"]), row["thread"]
            yield read(("led by", number), thread["comments"])
            yield read(("events", number), len(thread["engagements"]))
            yield read(("workshops", number), len(thread["workshops"]))
            for kind, value in thread["by_question"].items():
                yield read(("led by", number, kind), value)
            if tally := row.get("tally"):
                yield read(("agreeing", number), tally["agreeing"])
                yield read(("seats", number), tally["seats"])
        yield read(("seats",), data["steering_group"]["seats"])
        yield read(("meetings",), len(data["steering_group"]["meetings"]))
        for sector, value in data["steering_group"]["sectors"].items():
            yield read(("seats", sector), value)
        yield read(("agreed",), len(data["actions"]))
        yield read(("not taken forward",), len(data["not_taken_forward"]))

    def spreadsheet(self) -> Iterator[Printed]:
        """Read the agreed actions as CSV."""
        place = f"{self.data}actions.csv"
        sheet = answer_at(self.client, place).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(sheet, newline="")))
        for row in rows:
            for column, kind in (
                ("comments", "led by"),
                ("events", "events"),
                ("workshops", "workshops"),
                ("agreeing", "agreeing"),
                ("seats", "seats"),
            ):
                value = row[column]
                count = PublicCount.read(int(value) if value.isdigit() else value or None)
                yield Printed((kind, row["number"]), place, str(count))
        yield Printed(("agreed",), place, str(len(rows)))

    # --- What the team reads ----

    def team(self) -> Iterator[Printed]:
        """Read the team's overview."""
        page = self.page("team/")
        for name, figure in OF_OVERVIEW.items():
            number = page.one(f"//*[@data-figure='{name}']")
            yield from printed(page, name, [figure], [text_of(number)])

    def listening(self) -> Iterator[Printed]:
        """Read the occasions, the surveys and the comments."""
        page = self.page("engagements/")
        tiles = [text_of(each) for each in page.all("//*[~tile__number]")]
        yield from printed(page, "tiles", [("engagements",), ("people",), ("comments",)], tiles)
        yield from self._events(page, page.one("//table"), [-2, -1])
        for event in Engagement.objects.of(self.project):
            page = self.page(f"engagements/{event.uuid}/")
            figures: list[Figure] = [("comments", str(event.uuid))]
            if event.is_held:
                figures.insert(0, ("people", str(event.uuid)))
            texts = page.facts(page.one("//aside[~side]"))
            yield from printed(page, "facts", figures, texts[-len(figures) :])
        page = self.page("engagements/surveys/")
        surveys = {each.slug: str(each.uuid) for each in Survey.objects.of(self.project)}
        for row in page.all("//tbody/tr"):
            slug = page.all("/th/a", row)[0].get("href").rstrip("/").rsplit("/", 1)[-1]
            cell = page.all("/td", row)[-1]
            yield from printed(page, "table", [("answers", surveys[slug])], [text_of(cell)])
        page = self.page("engagements/comments/")
        (count,) = page.all("//p[~soft]")[:1]
        yield from printed(page, "count", [("comments",)], numbers_in(count))

    def progress(self, path: str) -> Iterator[Printed]:
        """Read how many comments are coded, of how many."""
        page = self.page(path)
        coded, total = numbers_in(page.one("//*[@id='coded']//b"))
        figures: list[Figure] = [("coded",), ("comments",), ("comments to code",)]
        left = str(int(total) - int(coded))
        yield from printed(page, "#coded", figures, [coded, total, left])

    def theming(self) -> Iterator[Printed]:
        """Read the codebook, the counts, and the page of each theme and code."""
        yield from self.progress("themes/")
        page = self.page("themes/")
        branches: list[Figure] = [("themes",), ("codes",)]
        lists = [page.all("//section[~branch]"), page.all("//li[~branch__code]")]
        yield from printed(page, "tree", branches, [str(len(each)) for each in lists])
        for each in [*self.themes, *self.codes]:
            uuid = str(each.uuid)
            total = page.one(f"//*[@id='t-{uuid}']//*[~branch__count]/b")
            yield from printed(page, f"#t-{uuid}", [("comments", uuid)], [text_of(total)])
            yield from self._theme(each)
        page = self.page("themes/counts/")
        names = self.named([*self.themes, *self.codes])
        for table in page.all("//table"):
            for name, texts in page.rows(table):
                kinds = self.all_kinds if len(texts) > len(self.kinds) + 1 else self.kinds
                of = [*self.by_question(names[name], kinds), ("comments", names[name])]
                yield from printed(page, "tables", of, texts)

    def _theme(self, theme: Theme) -> Iterator[Printed]:
        """Read the page of one theme or code."""
        uuid = str(theme.uuid)
        page = self.page(f"themes/{uuid}/")
        total = page.one("//h2[@id='comments']")
        yield from printed(page, "#comments", [("comments", uuid)], numbers_in(total))
        tabs = [text_of(each).strip("()") for each in page.all("//nav[~tabs]//span[~number]")]
        figures = [("comments", uuid), *self.by_question(uuid, self.all_kinds)]
        yield from printed(page, "tabs", figures, tabs)
        names = self.named(self.codes)
        for line in page.all("//ul[~counts]/li"):
            name, total = page.one("/a", line), page.one("/b", line)
            of: Figure = ("comments", names[text_of(name)])
            yield from printed(page, "codes", [of], [text_of(total)])

    def designing(self) -> Iterator[Printed]:
        """Read the workshops, the actions and the organisations."""
        page = self.page("workshops/")
        held: list[Figure] = [("residents",), ("partners",), ("actions written",)]
        yield from printed(page, "facts", held, page.facts())
        workshops = list(Workshop.objects.of(self.project))
        names = self.named(workshops)
        rows = len(page.all("//tbody/tr"))
        yield from printed(page, "rows", [("workshops",)], [str(rows)])
        kinds = ("residents", "partners", "notes", "actions written")
        for title, texts in page.rows(page.one("//table")):
            of = [(kind, names[title]) for kind in kinds]
            yield from printed(page, "table", of, texts[-4:])
        for workshop in workshops:
            uuid = str(workshop.uuid)
            page = self.page(f"workshops/{uuid}/")
            came: list[Figure] = [("residents", uuid), ("partners", uuid)]
            yield from printed(
                page, "who came", came, page.facts(page.one("//*[@aria-labelledby='who']"))
            )
        page = self.page("workshops/actions/")
        caption = page.one("//caption")
        yield from printed(page, "caption", [("actions written",)], numbers_in(caption))
        for row in page.all("//tbody/tr"):
            number, *_others, evidence = [text_of(cell) for cell in page.all("/td", row)]
            yield from printed(page, "table", [("evidence", number)], [evidence])
        page = self.page("workshops/actions/led/")
        for body in Organisation.objects.of(self.project):
            led = page.one(f"//*[@id='led-{body.uuid}']")
            yield from printed(page, "table", [("actions led", str(body.uuid))], [text_of(led)])

    def packs(self) -> Iterator[Printed]:
        """Read each workshop's theme pack: residents read it, so small numbers are kept back."""
        for workshop in Workshop.objects.of(self.project).select_related("theme"):
            theme = str(workshop.theme.uuid)
            page = self.page(f"workshops/{workshop.uuid}/pack/")
            heard = page.one("//section[@aria-labelledby='heard']")
            total = page.one("/p/strong", heard)
            yield from printed(page, "total", [("comments", theme)], [text_of(total)])
            texts = page.facts(heard)
            kinds = self.all_kinds if len(texts) == len(self.all_kinds) else self.kinds
            yield from printed(page, "questions", self.by_question(theme, kinds), texts)
            names = self.named(self.codes)
            for name, cells in page.rows(page.one("//table", heard)):
                yield from printed(page, "codes", [("comments", names[name])], cells)

    def deciding(self) -> Iterator[Printed]:
        """Read the members, the decisions and where each action stands."""
        page = self.page("steering/seats/")
        sentence = page.one("//ul[~sectors]/preceding-sibling::p[last()]")
        yield from printed(page, "sentence", [("seats",)], numbers_in(sentence)[:1])
        sectors = sum(len(page.all("//li", each)) for each in page.all("//ul[~sectors]//ul"))
        yield from printed(page, "sectors", [("seats",)], [str(sectors)])
        page = self.page("steering/meetings/")
        # Only of a meeting that was held is it said who came.
        held = [row for row in page.all("//tbody/tr") if numbers_in(page.all("/td", row)[1])]
        yield from printed(page, "rows", [("meetings",)], [str(len(held))])
        page = self.page("steering/standing/")
        hold = (Agreement.AGREED, Agreement.CHANGE_PROPOSED, Agreement.CHANGE_NOT_TAKEN)
        labels = {str(each.label) for each in hold}
        agreed = [each for each in page.all("//tbody//span[~status]") if text_of(each) in labels]
        yield from printed(page, "rows", [("agreed",)], [str(len(agreed))])
        page = self.page("plan/edit/")
        (edition,) = numbers_in(page.all("//p[~eyebrow]")[0])[:1]
        yield from printed(page, "eyebrow", [("editions",)], [edition])
        page = self.page("steering/decisions/")
        tabs = [text_of(each).strip("()") for each in page.all("//nav[~tabs]//span[~number]")]
        of: list[Figure] = [
            ("decisions",),
            *(("decisions", one) for one in Decision.Outcome.values),
        ]
        yield from printed(page, "tabs", of, tabs)
        rows = len(page.all("//tbody/tr"))
        yield from printed(page, "rows", [("decisions",)], [str(rows)])


def row_of(rows: Sequence[dict[str, object]], number: str) -> dict[str, object]:
    """Return an action's row of the open data."""
    return next(row for row in rows if str(row["number"]) == number)
