"""What the analyst does: themes and codes, coding by keyboard, quotes and findings."""

from playwright.sync_api import Locator, expect

from tests.browser.story.person import Person

Both = tuple[str, str]


class Analyst(Person):
    """Anwen, who codes comments into themes."""

    def add_theme(self, name: Both, meaning: Both, colour: str) -> None:
        """Add a theme in both languages."""
        self.open("themes/")
        self.follow("Add a theme")
        self.write_both("Name", *name)
        self.write_both("What belongs here", *meaning)
        self.tick(colour)
        self.press("Add the theme")
        self.reads("The theme is added.")

    def add_code(self, name: Both, theme: str) -> None:
        """Add a code under a theme."""
        self.open("themes/")
        self.follow("Add a code")
        self.write_both("Name", *name)
        self.choose("Theme", theme)
        self.press("Add the code")
        self.reads("The code is added.")

    def begin_coding(self, question: str = "") -> None:
        """Open the queue of comments that carry no code; perhaps of one question only."""
        self.open("themes/")
        self.follow("Code comments")
        if question:
            self.choose("Question", question)
            self.press("Code this question only")
        self.page.locator("#shown #words").focus()

    @property
    def words(self) -> str:
        """The comment on the screen."""
        return self.page.locator("#shown #words-text").inner_text()

    def box(self, code: str) -> Locator:
        """The box to tick for a code."""
        return self.main.get_by_role("checkbox", name=code, exact=True)

    def key_of(self, code: str) -> str:
        """Return the key that ticks a code, as the page shows it."""
        key = self.box(code).get_attribute("aria-keyshortcuts")
        assert key, f"no key for {code}"
        return key

    def code_by_keys(self, *codes: str) -> str:
        """Tick codes and save with the keyboard alone; return the words that were coded."""
        coded = self.words
        for code in codes:
            self.page.keyboard.press(self.key_of(code))
            expect(self.box(code)).to_be_checked()
        self.page.locator("#shown #words").focus()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#said")).to_contain_text(f"Saved: {', '.join(codes)}.")
        expect(self.page.locator("#shown #words-text")).not_to_have_text(coded)
        return coded

    def code_last_by_keys(self, code: str) -> None:
        """Code the only comment of a question: the queue goes on with the others."""
        coded = self.words
        self.page.keyboard.press(self.key_of(code))
        self.page.locator("#shown #words").focus()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#shown #words-text")).not_to_have_text(coded)

    def skip_by_key(self) -> None:
        """Leave a comment for later."""
        skipped = self.words
        self.page.keyboard.press("s")
        expect(self.page.locator("#shown #words-text")).not_to_have_text(skipped)

    def undo_by_key(self, coded: str, code: str) -> None:
        """Take the last one back: the comment is on the screen again, its code still ticked."""
        self.page.keyboard.press("u")
        expect(self.page.locator("#shown #words-text")).to_have_text(coded)
        expect(self.box(code)).to_be_checked()

    def untick_by_key(self, code: str) -> None:
        """Take a tick off again."""
        self.page.keyboard.press(self.key_of(code))
        expect(self.box(code)).not_to_be_checked()
        self.page.locator("#shown #words").focus()

    def counts(self, name: str, comments: int) -> None:
        """Read in the tree how many comments a theme or code has."""
        self.open("themes/")
        line = self.main.locator(".branch__code, .branch__head").filter(
            has=self.page.get_by_role("link", name=name, exact=True)
        )
        words = "1 comment" if comments == 1 else f"{comments} comments"
        expect(line.locator(".branch__count")).to_have_text(words)

    def merge(self, code: str, into: str) -> None:
        """Merge one code into another, after reading what will happen."""
        self.open("themes/")
        self.follow(code)
        self.follow("Merge into another")
        self.choose("Merge it into", into)
        self.press("Show what will happen")
        self.reads("Nothing is thrown away.")
        self.press("Merge them")

    def open_theme(self, name: str) -> None:
        """Open a theme's page."""
        self.open("themes/")
        self.follow(name)

    def cannot_quote(self, words: str) -> None:
        """Find no way to quote a comment whose speaker did not agree; asking is refused."""
        comment = self.main.get_by_role("listitem").filter(has_text=words)
        expect(comment.get_by_text("Not to be quoted")).to_be_visible()
        expect(comment.get_by_role("link", name="Quote this")).to_have_count(0)
        codes = comment.get_by_role("link", name="Change codes").get_attribute("href") or ""
        number = codes.partition("comment=")[2].partition("&")[0]
        assert number.isdecimal()
        theme = self.page.url
        self.page.goto(f"{theme}quotes/choose/?comment={number}")
        self.reads("This comment can't be quoted: the person did not agree to it.")
        expect(self.page).to_have_url(theme)

    def quote(self, words: str, speaker: str, translation: str) -> None:
        """Choose a comment as a quote, with a translation beside."""
        comment = self.main.get_by_role("listitem").filter(has_text=words)
        expect(comment.get_by_text("May be quoted")).to_be_visible()
        self.follow("Quote this", within=comment)
        self.write("Who said it", speaker)
        self.main.get_by_role("group", name="Translation").get_by_role("textbox").fill(translation)
        self.press("Choose and clear this quote")
        self.reads("The quote is chosen and cleared.")

    def write_finding(self, theme: str, heard: Both) -> None:
        """Write what was heard on a theme, in both languages."""
        self.open_theme(theme)
        self.follow("Write what we heard")
        self.write_both("What we heard", *heard)
        self.press("Save what we heard")
        self.reads("Saved. Residents can read it now in English, Welsh.")
