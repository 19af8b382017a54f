"""Turning an editor's Markdown into safe HTML: the only way words become markup."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Plain prose: paragraphs, lists, emphasis, links, quotations, headings. No HTML and no images.
_PROSE = MarkdownIt("zero", {"html": False, "typographer": True, "quotes": "“”‘’"}).enable(
    [
        "blockquote",
        "emphasis",
        "escape",
        "heading",
        "link",
        "list",
        "newline",
        "smartquotes",
    ]
)
_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "h4"}
_LOWERED = str.maketrans({"1": "4", "2": "4", "3": "4", "5": "4", "6": "4"})


def markdown_to_html(text: str) -> SafeString:
    """Return Markdown as HTML that a page may show as it is.

    Headings become h4, because the page around them already has its own three levels.
    """
    tokens = _PROSE.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = token.tag.translate(_LOWERED)
    raw = _PROSE.renderer.render(tokens, _PROSE.options, {})
    clean = nh3.clean(
        raw,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(clean.strip())  # noqa: S308 - cleaned just above: tags, attributes and schemes are listed.
