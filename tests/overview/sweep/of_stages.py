"""The figures that stand on the pages of the stages, and on those over all of them."""

from collections.abc import Iterator

from coproduction.projects.models import Organisation
from engagements.models import Engagement, Question, Survey
from steering.models import Decision
from steering.queries.agreement import Agreement
from tests.overview.sweep.figures import Figure
from tests.overview.sweep.page import numbers_in, text_of
from tests.overview.sweep.printer import Printed, Printer, printed
from themes.models import Theme
from workshops.models import Workshop

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


class PublicPrinter(Printer):
    """Reads what everyone reads besides the plan."""

    def everything(self) -> list[Printed]:
        """Read all of it."""
        return [*self.front(), *self.what_we_heard()]

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
            # What a code means may follow its name.
            code = next(names[each] for each in names if f"{name} ".startswith(f"{each} "))
            yield from printed(page, "codes", [("comments", code)], texts)

    def _where_we_listened(self) -> Iterator[Printed]:
        """Read the occasions, and the comments by question."""
        page = self.page("what-we-heard/engagements/")
        lede = page.one("//p[~lede]")
        headlines: list[Figure] = [("engagements",), ("people",), ("comments",)]
        yield from printed(page, "lede", headlines, numbers_in(lede))
        yield from self.events_table(page, page.one("//table[@id='people']"), [-2, -1])
        key = page.all("//ul[~key]//b")
        figures: list[Figure] = [("comments", kind) for kind in self.kinds]
        yield from printed(page, "#comments", figures, [text_of(each) for each in key])


class TeamPrinter(Printer):
    """Reads what the team reads."""

    def stages(self) -> list[Printed]:
        """Read each stage."""
        return [*self.listening(), *self.theming(), *self.designing(), *self.deciding()]

    def overview(self) -> Iterator[Printed]:
        """Read the team's overview."""
        page = self.page("team/")
        for name, figure in OF_OVERVIEW.items():
            number = page.one(f"//*[@data-figure='{name}']")
            yield from printed(page, name, [figure], [text_of(number)])

    def listening(self) -> Iterator[Printed]:
        """Read the occasions, the surveys and the comments."""
        page = self.page("engagements/")
        tiles = [text_of(each) for each in page.all("//p[~totals]//b")]
        yield from printed(page, "tiles", [("engagements",), ("people",), ("comments",)], tiles)
        for row in page.all("//li[@data-engagement]"):
            uuid = str(row.get("data-engagement"))
            *people, comments = numbers_in(page.all("//span[~erow__facts]", row)[0])[-2:]
            heard = people if page.all("//span[@data-heard]", row) else ["0"]
            shown = [("people", uuid), ("comments", uuid)]
            yield from printed(page, "events", shown, [*heard, comments])
        for event in Engagement.objects.of(self.project):
            page = self.page(f"engagements/{event.uuid}/")
            figures: list[Figure] = [("comments", str(event.uuid))]
            if event.is_held:
                figures.insert(0, ("people", str(event.uuid)))
            texts = page.facts(page.one("//div[~side]"))
            yield from printed(page, "facts", figures, texts[-len(figures) :])
            yield from self._taken_out(f"engagement={event.uuid}", ("comments", str(event.uuid)))
        page = self.page("engagements/surveys/")
        surveys = {each.slug: str(each.uuid) for each in Survey.objects.of(self.project)}
        for row in page.all("//tbody/tr"):
            slug = page.all("/th/a", row)[0].get("href").rstrip("/").rsplit("/", 1)[-1]
            cell = page.all("/td", row)[-1]
            yield from printed(page, "table", [("answers", surveys[slug])], [text_of(cell)])
        page = self.page("engagements/comments/")
        (count,) = page.all("//p[~soft]")[:1]
        yield from printed(page, "count", [("comments",)], numbers_in(count))
        yield from self._taken_out("", ("comments",))

    def _taken_out(self, narrowed: str, figure: Figure) -> Iterator[Printed]:
        """Read how many comments would go out as a file; a page that has none says so."""
        page = self.page(f"themes/comments/take-out/?{narrowed}")
        told = page.all("//p[@data-found]")
        texts = numbers_in(told[0]) if told else ["0"] * len(page.all("//div[~empty]"))
        yield from printed(page, "count", [figure], texts)

    def coding(self) -> Iterator[Printed]:
        """Read the coding screen: for who may code."""
        yield from self._progress("themes/coding/")

    def _progress(self, path: str) -> Iterator[Printed]:
        """Read how many comments are coded, of how many."""
        page = self.page(path)
        coded, total = numbers_in(page.one("//*[@id='coded']//b"))
        figures: list[Figure] = [("coded",), ("comments",), ("comments to code",)]
        left = str(int(total) - int(coded))
        yield from printed(page, "#coded", figures, [coded, total, left])

    def theming(self) -> Iterator[Printed]:
        """Read the codebook, the counts, and the page of each theme and code."""
        yield from self._progress("themes/")
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
        yield from self._taken_out(f"theme={uuid}", ("comments", uuid))
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
