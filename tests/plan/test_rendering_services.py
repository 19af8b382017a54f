"""The PDF: made by a job with a moving bar, tagged, in each language."""

import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from coproduction.jobs.models import Job
from coproduction.jobs.running import JobRefused
from engagements.services.withholding import withdraw_comment
from plan.models import Correction, Rendering
from plan.paper import pdf
from plan.paper.document import NoPdfHere
from plan.queries.masking import mask_of
from plan.queries.renderings import rendering_key
from plan.services.rendering import StillRendering, html_of_edition, render_again
from plan.tasks import render
from tests.copying import Original
from tests.plan.story import Story

pytestmark = pytest.mark.django_db


class Heard:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self.reports: list[tuple[int, int, str]] = []
        self.confirmed = 0

    def report(self, done: int, total: int, label: object = "") -> None:
        """Remember one report."""
        self.reports.append((done, total, str(label)))

    def confirm(self) -> None:
        """Count how often the job was made sure of."""
        self.confirmed += 1


@dataclass
class Printed:
    """The story's first edition with its files, and what making each of them reported."""

    story: Story
    files: dict[str, Rendering]
    heard: dict[str, Heard]


def print_story(story: Story) -> Printed:
    """Publish and make the files, as the worker does."""
    edition = story.publish()
    printed = Printed(story, {}, {})
    for rendering in Rendering.objects.filter(edition=edition):
        heard = printed.heard[rendering.language] = Heard()
        render(heard, rendering=rendering.pk)
        rendering.refresh_from_db()
        printed.files[rendering.language] = rendering
    return printed


@pytest.fixture(scope="module")
def first_print(
    made_once, first_story: Original[Story], tmp_path_factory: pytest.TempPathFactory
) -> Original[Printed]:
    """The story printed, once for all these tests."""
    return made_once(
        lambda: print_story(first_story.copy()),
        folder=tmp_path_factory.mktemp("printed"),
    )


@pytest.fixture
def printed(db: None, files: Path, first_print: Original[Printed]) -> Printed:
    """The story, published, with its files made."""
    return first_print.copy()


def opened(rendering: Rendering) -> pikepdf.Pdf:
    """Open a rendering's file."""
    return pikepdf.open(io.BytesIO(rendering.file.read()))


def words_in(rendering: Rendering) -> str:
    """Read a rendering's file as a reader would: its words, on one line."""
    with rendering.file.open() as file:
        content = file.read()
    read = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def elements(pdf_file: pikepdf.Pdf) -> list[Any]:
    """List every structure element."""
    found, waiting = [], [pdf_file.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += list(item)
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            found.append(item)
            if "/K" in item:
                waiting.append(item.K)
    return found


def test_the_job_makes_the_file_with_a_bar_that_moves_forward(printed: Printed):
    rendering, heard = printed.files["en"], printed.heard["en"]
    assert rendering.ready_at is not None
    assert rendering.pages >= 7
    assert rendering.size == len(rendering.file.read())
    assert rendering.key == rendering_key(rendering.edition, mask_of(rendering.edition))
    assert heard.confirmed == 1
    steps = [done for done, _total, _label in heard.reports]
    assert len(set(steps)) > 4
    assert steps == sorted(steps)
    assert all(done < total for done, total, _label in heard.reports)
    assert {label for _done, _total, label in heard.reports} == {
        "Reading the plan",
        "Setting the pages",
        "Writing the file",
    }


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_file_is_tagged_and_says_what_it_is(printed: Printed, language: str):
    with opened(printed.files[language]) as file:
        assert str(file.Root.Lang) == language
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo["/Title"]) == ("Bryn plan" if language == "en" else "Cynllun Bryn")
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert all(str(page.get("/Tabs")) == "/S" for page in file.pages)
        kinds = [str(element.S) for element in elements(file)]
        assert kinds.count("/H1") == 1
        assert kinds.count("/H2") >= 5
        assert kinds.count("/H4") >= 2
        assert "/Figure" in kinds
        with file.open_outline() as outline:
            assert len(outline.root) >= 4


def test_every_figure_has_words_for_those_who_cannot_see_it(printed: Printed):
    rendering = printed.files["en"]
    with opened(rendering) as file:
        figures = [element for element in elements(file) if str(element.S) == "/Figure"]
        assert len(figures) >= 3
        assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


def test_no_link_stands_inside_another(printed: Printed):
    rendering = printed.files["en"]
    with opened(rendering) as file:
        links = [element for element in elements(file) if str(element.S) == "/Link"]
        assert len(links) >= 4
        for link in links:
            inside = link.K if isinstance(link.K, pikepdf.Array) else [link.K]
            assert not [
                item
                for item in inside
                if isinstance(item, pikepdf.Dictionary) and str(item.get("/S")) == "/Link"
            ]


def test_welsh_letters_have_fonts_of_their_own(story: Story):
    """WeasyPrint takes two files of one family for the same font, and shows ŵ as another letter."""
    html = html_of_edition(story.publish(), "cy")
    assert "(cy)" in html
    css = pdf.static_file((pdf.GROUND / "fonts" / "paper.css").as_uri()).read_text()
    faces = re.findall(r'@font-face \{ font-family: "([^"]+)"; font-weight: (\d+);', css)
    assert len(faces) == len(set(faces)) == 6


def test_the_welsh_file_is_welsh(story: Story):
    html = html_of_edition(story.publish(), "cy")
    assert '<html lang="cy">' in html
    assert "Mend the swings (cy)" in html
    assert "Mend the swings<" not in html


def test_a_document_reads_our_static_files_and_nothing_else():
    for url in (
        "http://127.0.0.1/x.css",
        "file:///etc/passwd",
        f"{pdf.GROUND.as_uri()}/../manage.py",
        "file://elsewhere/etc/passwd",
    ):
        with pytest.raises(ValueError, match="our own static files"):
            pdf.static_file(url)


def test_hostile_words_stay_words_in_the_document(story: Story):
    hostile = "<script>alert(1)</script> {{ x }}"
    action = story.propose(hostile, lead=story.mend.wordings.get().lead)
    story.agree(action.wordings.get())
    html = html_of_edition(story.publish(), "en")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_missing_pango_is_told_plainly_and_the_job_says_why(
    story: Story, files: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pdf, "weasyprint", None)
    rendering = Rendering.objects.get(edition=story.publish(), language="en")
    with pytest.raises(NoPdfHere) as refused:
        render(Heard(), rendering=rendering.pk)
    assert "Pango" in str(refused.value)
    assert "page for printing" in str(refused.value)


def test_a_file_not_wanted_any_more_is_refused(project):
    with pytest.raises(JobRefused):
        render(Heard(), rendering=12345)


def test_a_job_run_again_after_the_file_was_put_in_place_does_nothing(printed: Printed):
    rendering = printed.files["en"]
    again = Heard()
    render(again, rendering=rendering.pk)
    assert again.reports == []


def test_a_withdrawal_brings_a_fresh_file_without_the_quote_and_with_the_correction(
    printed: Printed, client: Client
):
    rendering = printed.files["en"]
    assert "broken since Easter" in words_in(rendering)
    withdraw_comment(comment=printed.story.swings, by=None)
    printed.story.follow_up()
    fresh = Rendering.objects.get(edition=rendering.edition, language="en", retired_at=None)
    assert fresh.pk != rendering.pk
    render(Heard(), rendering=fresh.pk)
    fresh.refresh_from_db()
    assert fresh.key != rendering.key
    words = words_in(fresh)
    assert "broken since Easter" not in words
    assert "The children need a club." in words
    assert str(Correction.objects.get().text) in words
    response = client.get("/bryn/plan/plan.pdf")
    assert response.status_code == 200
    with fresh.file.open() as file:
        assert b"".join(response.streaming_content) == file.read()


def test_the_stored_file_is_served_with_its_name_and_a_mark(
    story: Story, files: Path, client: Client
):
    story.finish_files(story.publish())
    english = client.get("/bryn/plan/plan.pdf")
    assert b"".join(english.streaming_content) == b"%PDF-1.7 en"
    assert english["Content-Type"] == "application/pdf"
    assert english["Content-Disposition"] == 'inline; filename="bryn-plan-1-en.pdf"'
    welsh = client.get("/bryn/plan/plan.pdf?language=cy&download")
    assert b"".join(welsh.streaming_content) == b"%PDF-1.7 cy"
    assert welsh["Content-Disposition"] == 'attachment; filename="bryn-plan-1-cy.pdf"'
    same = client.get("/bryn/plan/plan.pdf", headers={"if-none-match": english["ETag"]})
    assert same.status_code == 304


def test_a_stored_file_that_can_not_be_read_just_now_is_told_plainly(
    story: Story, files: Path, client: Client
):
    story.finish_files(story.publish())
    files.rename(files.with_name("away"))
    files.write_text("in the way")
    answer = client.get("/bryn/plan/plan.pdf")
    assert answer.status_code == 503
    assert "get at the PDF just now" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    files.unlink()
    files.with_name("away").rename(files)
    assert client.get("/bryn/plan/plan.pdf").status_code == 200


@pytest.mark.parametrize(
    ("state", "told"),
    [("queued", "as soon as our computer gets to it"), ("running", "It is being made.")],
)
def test_a_file_on_its_way_is_told_plainly_with_a_page_to_print(
    story: Story, client: Client, state: str, told: str
):
    english = story.publish().renderings.get(language="en")
    now = timezone.now()
    given = {"claim": uuid4(), "started_at": now, "heartbeat_at": now} if state == "running" else {}
    Job.objects.filter(uuid=english.job).update(state=state, **given)
    response = client.get("/bryn/plan/plan.pdf")
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"]
    assert told in page
    assert "/bryn/plan/print/" in page
    assert client.get("/bryn/plan/print/").status_code == 200


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Something went wrong.", "We tried to make it and it did not work."),
        (str(NoPdfHere.sentence), "Our computer can’t make PDFs."),
    ],
)
def test_a_file_that_could_not_be_made_is_not_said_to_be_on_its_way(
    story: Story, client: Client, sentence: str, told: str
):
    story.publish()
    Job.objects.update(state="failed", sentence=sentence, finished_at=timezone.now())
    response = client.get("/bryn/plan/plan.pdf")
    page = response.content.decode()
    assert response.status_code == 503
    assert "Retry-After" not in response
    assert told in page
    assert "It is being made" not in page
    assert "/bryn/plan/print/" in page


def test_a_language_the_edition_lacks_has_no_file(story: Story, client: Client):
    story.publish()
    story.project.languages = ["fr", "en", "cy"]
    story.project.save()
    assert client.get("/bryn/plan/plan.pdf?language=fr").status_code == 404
    assert client.get("/bryn/plan/plan.pdf?language=xx").status_code == 404
    assert client.get("/bryn/plan/plan.pdf?language=cy").status_code == 503
    assert client.get("/bryn/plan/plan.pdf").status_code == 503


def test_before_the_first_edition_there_is_no_file(project, client: Client):
    assert client.get("/bryn/plan/plan.pdf").status_code == 404


def test_a_file_can_be_made_again_but_not_twice_at_once(story: Story, files: Path):
    edition = story.publish()
    with pytest.raises(StillRendering):
        render_again(edition=edition, language="en", by=story.editor)
    story.finish_files(edition)
    again = render_again(edition=edition, language="en", by=story.editor)
    live = Rendering.objects.filter(edition=edition, language="en", retired_at=None)
    assert live.count() == 2
    assert Job.objects.filter(uuid=again.job).exists()
    story.finish_files(edition)
    assert live.count() == 1


def test_the_command_writes_the_latest_edition(story: Story, tmp_path: Path, capsys: Any):
    out = tmp_path / "plan.pdf"
    with pytest.raises(CommandError, match="Nothing is published"):
        call_command("render_plan", "bryn", "--out", str(out))
    story.publish()
    call_command("render_plan", "bryn", "--out", str(out), "--language", "cy")
    with pikepdf.open(out) as file:
        assert str(file.Root.Lang) == "cy"
    assert "pages, edition 1" in capsys.readouterr().out
    for wrong in (
        ["nowhere", "--out", str(out)],
        ["bryn", "--out", str(tmp_path / "no" / "plan.pdf")],
        ["bryn", "--out", str(out), "--language", "fr"],
    ):
        with pytest.raises(CommandError):
            call_command("render_plan", *wrong)
