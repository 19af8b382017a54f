"""Turning the plan's HTML into a tagged PDF: the one module that knows WeasyPrint."""

import logging
import mimetypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings

from plan.paper.document import NoPdfHere
from plan.paper.fit import DoesNotFit, places_that_do_not_fit

# Their steps are told to whoever listens, page by page; nobody wants them in the log.
for _talkative in ("weasyprint.progress", "fontTools"):
    logging.getLogger(_talkative).setLevel(logging.WARNING)

try:
    import pydyf
    import weasyprint
except OSError:  # Pango is not on this machine: everything but the PDF works.
    weasyprint = None


def _keep_fonts_alive() -> None:
    """Have WeasyPrint's fonts hold on to Pango's, whose pictures of emoji they read to the end.

    Pango forgets fonts while a document with many is drawn; reading from one that it has forgotten
    ends the whole process. WeasyPrint 70 keeps their faces alive (its issue 2799), and not these.
    """
    ffi, library = weasyprint.text.ffi.ffi, weasyprint.text.ffi.gobject
    ffi.cdef("gpointer g_object_ref (gpointer object);")
    made = weasyprint.pdf.fonts.Font.__init__

    def make_and_keep(font: Any, pango_font: Any, *given: Any) -> None:
        made(font, pango_font, *given)
        font.kept = ffi.gc(library.g_object_ref(pango_font), library.g_object_unref)

    weasyprint.pdf.fonts.Font.__init__ = make_and_keep


def _join_what_is_painted() -> None:
    """Have a page's drawing kept as one piece of bytes, once it is painted.

    WeasyPrint keeps each of some thousand instructions a page by itself until all are written.
    """
    paint = weasyprint.Page.paint

    def paint_and_join(page: Any, stream: Any, scale: float = 1) -> None:
        paint(page, stream, scale)
        stream.stream[:] = [b"\n".join(map(pydyf._to_bytes, stream.stream))]

    weasyprint.Page.paint = paint_and_join


# The styles of notes, which WeasyPrint gives to every element, and we have none of.
_NOTES = re.compile(r"^::(?:footnote|note)-[^\n]*\n", re.MULTILINE)


def rules_of_paper() -> str:
    """Return WeasyPrint's own style sheet, with styles for parts only where they can be.

    Six of them for each element, though no element has such a part, took much of all memory.
    """
    return _NOTES.sub("", weasyprint.html.UA).replace("\n::marker {", "\nli::marker {")


if weasyprint is not None:
    _keep_fonts_alive()
    _join_what_is_painted()
    _SHEET_OF_PAPER = weasyprint.CSS(string=rules_of_paper())

    class _Paper(weasyprint.HTML):
        """HTML with styles only for the parts that its elements have."""

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [_SHEET_OF_PAPER]

        def lay_out(self, **options: Any) -> Any:
            """Set the document on its pages, and let go of what that alone was for."""
            return _Pages._render(self, None, None, None, weasyprint.DEFAULT_OPTIONS | options)

    class _Pages(weasyprint.Document):
        """Pages that are set, without the boxes and styles that they were set from.

        Each drawing among them holds on to all of these, which would stay until all is written.
        """

        @classmethod
        def _build_layout_context(cls, html: Any, *given: Any) -> Any:
            html.context = super()._build_layout_context(html, *given)
            return html.context

        @classmethod
        def _render(cls, html: Any, *given: Any) -> Any:
            document = super()._render(html, *given)
            context, html.context = html.context, None
            context.target_collector = context.style_for = context.current_footnote_area = None
            context.tables, context.page_maker = {}, None
            return document


# Where the HTML stands. Nothing is ever fetched from anywhere but our static files.
GROUND = Path(settings.BASE_DIR, "static").resolve()
_PAGE = re.compile(r"Creating layout - Page (\d+)")

ReportPage = Callable[[int, str], None]


@dataclass(frozen=True)
class PdfFile:
    """A PDF that is finished and checked, and how many pages it has."""

    content: bytes
    pages: int


def write_pdf(html: str, *, report: ReportPage | None = None) -> PdfFile:
    """Draw HTML as a tagged PDF; ``report`` hears the page being laid out, and then of writing.

    Raises NoPdfHere, and DoesNotFit where not everything of it is on its pages.
    """
    if weasyprint is None:
        raise NoPdfHere
    with _listening(report):
        page = _Paper(string=html, base_url=f"{GROUND.as_uri()}/", url_fetcher=_StaticOnly())
        # With the hints of its HTML: a list that begins at 2024 says so there.
        document = page.lay_out(pdf_variant="pdf/ua-1", presentational_hints=True)
        boxes = [sheet._page_box for sheet in document.pages]
        if lost := places_that_do_not_fit(page.etree_element, boxes):
            raise DoesNotFit(lost[0])
        del page, boxes
        content = document.write_pdf(pdf_variant="pdf/ua-1", presentational_hints=True)
    return PdfFile(content=content, pages=len(document.pages))


def static_file(url: str) -> Path:
    """Return the static file at an address; nothing else enters a document. Raises ValueError."""
    parts = urlsplit(url)
    path = Path(url2pathname(parts.path)).resolve()
    if parts.scheme != "file" or parts.netloc or not path.is_relative_to(GROUND):
        raise ValueError("A document is made of our own static files and nothing else.")
    return path


class _StaticOnly:
    """Gives WeasyPrint our static files, and stops it when one is not there or not ours."""

    _fail_on_errors = True

    def __call__(self, url: str, headers: Any = None) -> Any:
        """Read one file."""
        path = static_file(url)
        kind, _encoding = mimetypes.guess_type(path.name)
        return weasyprint.urls.URLFetcherResponse(
            url, path.read_bytes(), {"Content-Type": kind or "application/octet-stream"}
        )


@contextmanager
def _listening(report: ReportPage | None) -> Iterator[None]:
    """Listen to WeasyPrint's own progress while it works."""
    logger = logging.getLogger("weasyprint.progress")
    if report is None:
        yield
        return
    handler = _Listener(report)
    level, propagates = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagates


class _Listener(logging.Handler):
    """Passes on which page is being laid out."""

    def __init__(self, report: ReportPage) -> None:
        super().__init__()
        self.report = report
        self.page = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of a page, once each: pages are laid out again when their numbers are known."""
        message = record.getMessage()
        if (found := _PAGE.search(message)) and int(found[1]) > self.page:
            self.page = int(found[1])
            self.report(self.page, "layout")
        elif "Creating PDF" in message:
            self.report(self.page, "writing")
