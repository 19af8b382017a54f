"""The figures of the plan: on its pages, on paper and as open data."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext

from coproduction.projects.models import Sector
from engagements.disclosure.small_numbers import PublicCount
from plan.presentation.figures import FIGURE_NAMES
from tests.overview.sweep.figures import Figure
from tests.overview.sweep.page import Page, answer_at, hidden_or_number, numbers_in, text_of
from tests.overview.sweep.printer import Printed, Printer, printed
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


class PlanPrinter(Printer):
    """Reads what an edition froze."""

    def everything(self) -> list[Printed]:
        """Read it on pages, on paper and as data."""
        pages = [*self.plan(), *self.figures(), *self.actions(), *self.events(), *self.paper()]
        return [*pages, *self.open_data(), *self.spreadsheet()]

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
        # The day and the year of the date follow.
        told = numbers_in(words)[:-2]
        if not told:
            # Few were asked.
            figures, told = figures[:1], [str(PublicCount(None))]
        texts = told if len(told) == len(figures) else told * 2
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
                yield from self.events_table(records, table, [-2, -1])
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
            number = article.get("data-part").removeprefix("action-")
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


def row_of(rows: Sequence[dict[str, object]], number: str) -> dict[str, object]:
    """Return an action's row of the open data."""
    return next(row for row in rows if str(row["number"]) == number)
