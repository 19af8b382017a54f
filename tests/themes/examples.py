"""One of each object of themes, and what its addresses take."""

from typing import Any

from engagements.services.bulk_change import CommentsShown
from engagements.services.saved_view import save_view
from tests.themes.comments import make_comments
from themes.services import codebook, coding
from themes.services.bulk_coding import code_many, undo_code_many
from themes.services.finding import write_finding
from themes.services.quote import choose_quote


def make(world: Any) -> dict[str, dict[str, Any]]:
    """Make one of each through the services; return {URL name: what it takes}."""
    by = world.analyst
    theme = codebook.add_theme(
        project=world.project,
        name={"en": f"Open spaces in {world.key}", "cy": f"Mannau agored {world.key}"},
        definition={"en": "Parks, paths and litter.", "cy": "Parciau, llwybrau a sbwriel."},
        colour="leaf",
        by=by,
    )

    def code(name: str) -> Any:
        return codebook.add_code(
            project=world.project,
            parent=theme,
            name={"en": name, "cy": f"{name} (cy)"},
            definition={"en": f"Anything about {name.lower()}."},
            by=by,
        )

    parks, litter, merged = code("Parks"), code("Litter"), code("Playgrounds")
    said, _waiting, _other = make_comments(
        world.project,
        f"The swings in {world.key} have been broken since Easter.",
        f"Nobody empties the bins in {world.key}.",
        f"The paths in {world.key} are too dark.",
        consent=True,
        descriptor="A young mother",
    )
    coding.code_comment(comment=said, codes=[parks, merged], by=by)
    codebook.merge_themes(source=merged, into=parks, by=by)
    quote = choose_quote(
        comment=said,
        theme=theme,
        extract="broken since Easter",
        descriptor="A young mother",
        translation={"cy": "wedi torri ers y Pasg"},
        by=by,
    )
    finding = write_finding(
        theme=theme,
        text={"en": "People love the park.", "cy": "Mae pobl wrth eu bodd â'r parc."},
        by=by,
    )
    view = save_view(
        project=world.project, name="Quotable", filters={"consent": "yes"}, is_shared=True, by=by
    )
    by_key = CommentsShown(entry=0, newest=said.pk, ticked=[said.pk])
    bulk = code_many(project=world.project, shown=by_key, put=litter, taken=None, by=by)
    undo_code_many(bulk=bulk, by=by)
    world.things |= {"theme": theme, "code": parks, "quote": quote, "finding": finding}
    of_theme, of_code = {"uuid": theme.uuid}, {"uuid": parks.uuid}
    themes = ("theme", "theme_change", "theme_merge", "finding_write", "finding_take_down")
    codes = ("code_move", "theme_shift", "comment_code", "comment_uncode", "quote_choose")
    quotes = ("quote_change", "quote_clear", "quote_shift")
    return {
        **{f"themes:{name}": of_theme for name in themes},
        **{f"themes:{name}": of_code for name in codes},
        **{f"themes:{name}": {"uuid": quote.uuid} for name in quotes},
        "themes:theme_remove": {"uuid": litter.uuid},
        "themes:bulk_coding": {"uuid": bulk.uuid},
        "themes:bulk_coding_undo": {"uuid": bulk.uuid},
        "themes:theme_unmerge": {"uuid": merged.uuid},
        "themes:what_we_heard_theme": of_theme,
        "themes:view_remove": {"uuid": view.uuid},
        "themes:comment_step": {
            "uuid": said.submission.uuid,
            "position": str(said.position),
            "way": "next",
        },
        "themes:comment_quotes": {
            "uuid": said.submission.uuid,
            "position": str(said.position),
        },
    }
