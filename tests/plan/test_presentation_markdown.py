"""An editor's Markdown as safe HTML: what was typed is what is read."""

import pytest

from plan.presentation.markdown import markdown_to_html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("We **met** often.", "<p>We <strong>met</strong> often.</p>"),
        ("(a) swings (b) slides (c) a pool", "<p>(a) swings (b) slides (c) a pool</p>"),
        ("(tm) (r) +- ... --", "<p>(tm) (r) +- ... --</p>"),
        ("2024. We began.", '<ol start="2024">\n<li>We began.</li>\n</ol>'),
        ("1. One\n2. Two", "<ol>\n<li>One</li>\n<li>Two</li>\n</ol>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ('"so" we\'re', "<p>“so” we’re</p>"),
    ],
)
def test_words_stay_as_they_were_typed(typed: str, html: str) -> None:
    assert markdown_to_html(typed) == html
