"""What the facilitator does: a workshop on a theme, its tables, and the actions designed there."""

from dataclasses import dataclass
from datetime import date

from playwright.sync_api import expect

from tests.browser.story.person import Person

Both = tuple[str, str]


@dataclass(frozen=True)
class Proposal:
    """An action as a table proposes it, in English and in Welsh."""

    title: Both
    text: Both
    when: Both
    lead: str
    supporting: str
    timescale: str = "Within a year"


class Facilitator(Person):
    """Ffion, who runs workshops."""

    def hold_workshop(self, title: Both, theme: str, on: date) -> None:
        """Plan a workshop on a theme."""
        self.open("workshops/")
        self.follow("Plan a workshop")
        self.write_both("Title", *title)
        self.choose("Theme", theme)
        self.write("Date", on.isoformat())
        self.write("Place", "Cwm Teg Welfare Hall")
        self.write("Purpose", "Two things we can start before the summer.")
        self.write("How many tables?", "2")
        self.press("Save the workshop")
        self.heading(title[0])

    def say_who_came(self, residents: int, partners: int, sent_by: str) -> None:
        """Count in residents at table 1 and partners at table 2."""
        self.follow("Add who came")
        self.tick("Residents")
        self.write("How many?", str(residents))
        self.choose("Table", "Table 1")
        self.press("Add them")
        self.reads(f"{residents} people are added.")
        self.tick("Partners")
        self.write("How many?", str(partners))
        self.choose("Organisation", sent_by)
        self.choose("Table", "Table 2")
        self.press("Add them")
        self.reads(f"{partners} people are added.")

    def type_note(self, table: int, kind: str, text: str, language: str = "English") -> None:
        """Type what a table wrote."""
        self.follow(f"Table {table}")
        self.main.get_by_role("textbox", name="Note").fill(text)
        self.tick(kind)
        self.choose("Written in", language)
        self.press("Keep the note")
        self.reads(text)

    def propose(self, proposal: Proposal) -> None:
        """Write an action in both languages, with who leads it and by when."""
        self.follow("Write an action")
        self.write_both("Title", *proposal.title)
        self.write_both("What will happen", *proposal.text)
        self.write_both("By when, in words", *proposal.when)
        self.choose("Lead partner", proposal.lead)
        self.tick(proposal.supporting)
        self.tick(proposal.timescale)
        self.press("Save and choose evidence")

    def cite_comments(self, *words: str) -> None:
        """Tick these comments as what the action answers."""
        self.follow("Comments")
        for said in words:
            self.tick(said, exact=False)
        self.press("Cite those ticked")
        self.reads("cited.")

    def cite_note(self, words: str) -> None:
        """Tick a note of the workshop as well."""
        self.follow("Workshop notes")
        self.tick(words, exact=False)
        self.press("Cite those ticked")
        self.reads("1 piece of evidence is cited.")

    def back_to_workshop(self, title: str) -> None:
        """Go back to the workshop."""
        self.open("workshops/")
        self.follow(title)

    def reword(self, action: str, title: Both) -> None:
        """Promise something else: change an action's title in both languages."""
        self.open("workshops/actions/")
        self.follow(action)
        self.follow("Reword it")
        self.write_both("Title", *title)
        self.main.locator("form.form button[type=submit]").first.click()
        self.heading(title[0])
        self.look()

    def counts(self, label: str, number: int) -> None:
        """Read a figure by its label."""
        fact = self.main.locator("dl div").filter(has=self.page.get_by_text(label, exact=True))
        expect(fact.first).to_contain_text(str(number))

    def add_organisation(self, name: Both, sector: str) -> None:
        """Add an organisation that can lead or support actions."""
        self.open("workshops/organisations/")
        self.follow("Add an organisation")
        self.write_both("Name", *name)
        self.choose("Sector", sector)
        self.press("Save the organisation")
        self.reads(name[0])
