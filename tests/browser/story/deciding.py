"""What the steering group does: seats, a meeting, wordings put to it, answers and decisions."""

import re
from datetime import date

from playwright.sync_api import Locator, expect

from tests.browser import looking
from tests.browser.story.person import Person
from tests.browser.story.worker import letters_to
from tests.processes import until

Both = tuple[str, str]


class Convener(Person):
    """Somebody who seats the group."""

    def seat(self, name: str, sector: str, signs_in: str = "") -> None:
        """Give somebody a seat; one who does not sign in has the chair write answers down."""
        self.open("steering/seats/")
        self.follow("Add a seat")
        self.write("Name to show", name)
        self.choose("Speaks for", sector)
        if signs_in:
            self.choose("Signs in as", f"{name} ({signs_in})")
        self.press("Add this seat")
        self.reads(f"{name} has a seat.")

    def set_terms(self, quorum: int, method: str) -> None:
        """Say how many must answer, and how the group decides."""
        self.open("steering/seats/")
        self.follow("Change how the group decides")
        self.write("How many must answer", str(quorum))
        self.tick(method, exact=False)
        self.press("Save how we decide")
        self.reads(f"{quorum} must answer before the group can agree something.")


class Chair(Convener):
    """Cai, who chairs the steering group and has a seat on it."""

    def call_meeting(self, on: date, agenda: str) -> None:
        """Set a meeting."""
        self.open("steering/")
        self.follow("Call a meeting")
        self.write("Date", on.isoformat())
        self.write("Place", "Cwm Teg library")
        self.write("Agenda", agenda)
        self.press("Call this meeting")
        self.reads("The meeting is called.")

    def put_to_the_group(self, *titles: str, meeting: str) -> None:
        """Put several wordings to the group at once, for a meeting."""
        self.open("steering/rounds/open/")
        for title in titles:
            self.tick(title, exact=False)
        self.choose("For a meeting", meeting)
        self.press("Put these to the group")
        self.reads(f"{len(titles)} actions are with the group. Members are being told by e-mail.")

    def open_round(self, title: str) -> None:
        """Open what the group is asked about an action."""
        self.open("steering/")
        self.follow(title)

    @property
    def answers(self) -> Locator:
        """The part of the page that only the chair and the co-ordinator see."""
        return self.main.get_by_role("region", name="The answers")

    def write_down(self, member: str, answer: str) -> None:
        """Keep an answer that somebody gave in the room."""
        self.answers.get_by_text("Write down an answer given by phone").click()
        self.choose("Whose answer is it?", f"{member}: no answer yet", within=self.answers)
        self.tick(answer, within=self.answers)
        self.tick("In the room", within=self.answers)
        self.press("Write down this answer", within=self.answers)

    def answer(self, answer: str) -> None:
        """Give the answer of one's own seat."""
        own = self.main.get_by_role("region", name="Your answer")
        self.tick(answer, within=own)
        self.press("Give my answer", within=own)

    def decide(self, outcome: str, reason: Both) -> None:
        """Record what the group decided, and why, in both languages."""
        deciding = self.main.get_by_role("region", name="Record the decision")
        self.tick(outcome, within=deciding)
        self.write_both("Why?", *reason)
        self.press("Record the decision", within=deciding)
        self.reads(f"The decision is recorded: {outcome}.")
        self.reads(reason[0])

    def cannot_decide(self, outcome: str) -> None:
        """Find that the answers rule an outcome out."""
        deciding = self.main.get_by_role("region", name="Record the decision")
        expect(deciding.get_by_label(outcome, exact=True)).to_have_count(0)

    def record_commitment(self, action: str, words: Both) -> None:
        """Keep the lead partner's word."""
        self.open("steering/decisions/")
        self.follow(action)
        self.follow(re.compile("Record the lead partner.s word"))
        self.write_both("In their words", *words)
        self.press("Record this commitment")
        self.reads(words[0])

    def write_minutes(self, on: str, minutes: str, *came: str) -> None:
        """Say who came to the meeting, and what was said."""
        self.open("steering/meetings/")
        self.follow(on)
        self.follow("Write the minutes")
        for member in came:
            self.tick(member, exact=False)
        self.write("Minutes", minutes)
        self.press("Save the minutes")
        self.reads(minutes)


class Member(Person):
    """A member of the group, on a phone."""

    def is_asked_by_letter(self, *titles: str) -> None:
        """Get one letter about all that is asked, and open what it leads to."""
        letter = until(lambda: self._letter(*titles), what=f"a letter to {self.name}")
        address = re.search(r"https?://\S+", letter)
        assert address, letter
        self.page.goto(address[0])
        self.reads(f"Waiting for your answer: {len(titles)}")
        self.look()

    def _letter(self, *titles: str) -> str:
        """Return the letter that names these actions, once it has come."""
        found = [said for said in letters_to(self.email) if all(title in said for title in titles)]
        assert len(found) <= 1, f"{len(found)} letters to {self.name}"
        return found[0] if found else ""

    def fits_the_phone(self) -> None:
        """See that nothing sticks out of the screen."""
        assert self.page.viewport_size == looking.PHONE
        assert not looking.sticking_out(self.page, looking.PHONE["width"])

    def open_waiting(self, title: str) -> None:
        """Open one of the actions that wait."""
        self.open("steering/")
        self.fits_the_phone()
        self.follow(title)
        self.heading(title)
        self.fits_the_phone()

    def answer(self, answer: str, words: str = "") -> None:
        """Answer the action on the screen."""
        own = self.main.get_by_role("region", name="Your answer")
        self.tick(answer, within=own)
        if words:
            self.write("Anything you want to add", words, within=own)
        own.get_by_role("button", name="my answer").click()
        self.heading("Your answer is kept")
        self.reads(f"You said: {answer}.")
        self.look()

    def goes_on_to(self, title: str) -> None:
        """Open the next action that waits, when they are ready for it."""
        self.follow(re.compile(f"Next: action .*{title}"))
        self.heading(title)

    def sees_nothing_waiting(self) -> None:
        """Have answered everything."""
        self.open("steering/")
        self.reads("Waiting for your answer: 0")

    def cannot_see_answers(self) -> None:
        """Never see who answered what."""
        expect(self.main.get_by_role("region", name="The answers")).to_have_count(0)
