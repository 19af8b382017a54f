"""What the editor does: the texts, the gate, publishing and the files; and how files are read."""

import re
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.story.person import SLUG, Person

Both = tuple[str, str]


class Editor(Person):
    """Elin, who edits the plan."""

    def write_section(self, name: str, english: str, welsh: str) -> None:
        """Write one of the plan's texts; Welsh may be left for later."""
        self.open("plan/edit/")
        self.follow(name)
        self.write_both("Text", english, welsh)
        self.press("Save the text")
        self.reads("The text is saved.")

    def open_gate(self) -> None:
        """See what stands in the way of publishing."""
        self.open("plan/edit/gate/")
        self.heading("Publish the plan")

    def mend(self, obstacle: str) -> None:
        """Follow the link beside what stands in the way."""
        self.follow(re.compile(rf"Put it right\s*:\s*{re.escape(obstacle)}"))

    def publish(self, title: Both) -> None:
        """Go through the open gate."""
        self.open_gate()
        self.reads("Nothing stands in the way")
        self.write_both("Title of the plan", *title)
        self.press("Publish edition 1 now")
        self.reads("Edition 1 is published.")

    def wait_for_files(self) -> None:
        """Watch the bars until the plan is there in both languages; the page moves by itself."""
        for language in (r"English", r"Welsh|Cymraeg"):
            file = self.page.get_by_role("link", name=re.compile(rf"\b({language})\b.*PDF"))
            expect(file).to_be_visible(timeout=90_000)
        self.look()


def plan_file(page: Page, name: str) -> bytes:
    """Download one of the plan's files as anybody can."""
    answer = page.request.get(f"/{SLUG}/plan/{name}")
    assert answer.status == 200, f"{name}: {answer.status}"
    return answer.body()


def pdf_text(content: bytes, folder: Path) -> str:
    """Return the words of a PDF in one line, where pdftotext is installed; else nothing."""
    assert content.startswith(b"%PDF-")
    if not (tool := shutil.which("pdftotext")):
        return ""
    kept = folder / "plan.pdf"
    kept.write_bytes(content)
    done = subprocess.run([tool, str(kept), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())
