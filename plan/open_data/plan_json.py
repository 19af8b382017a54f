"""The plan as open data: uuids and public numbers, quotes that may be quoted, nothing else."""

import csv
import io
from typing import Any

from plan.models import Edition
from plan.queries.masking import Mask
from themes.models import Quote

# A spreadsheet runs a cell that begins with one of these; an apostrophe keeps it words.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# The columns after an action's texts, in the order of its row.
NUMBERS = (
    "timescale",
    "agreed_on",
    "agreeing",
    "seats",
    "committed_on",
    "comments",
    "events",
    "workshops",
)


def plan_as_json(edition: Edition, mask: Mask) -> dict[str, Any]:
    """Return an edition as plain JSON. Its shape is described in docs/open-data.md."""
    snapshot = edition.snapshot
    shown = {str(quote.uuid): quote for quote in mask.quotes}
    themes = {quote: row["uuid"] for row in snapshot["themes"] for quote in row["quotes"]}
    return {
        "shape": snapshot["shape"],
        "edition": {
            "uuid": str(edition.uuid),
            "number": edition.number,
            "title": _texts(edition.title.entries),
            "published_on": edition.published_on.isoformat(),
        },
        "place": edition.project.place,
        "invented": edition.project.is_invented,
        "languages": snapshot["languages"],
        "figures": snapshot["figures"],
        "texts": {kind: _texts(entries) for kind, entries in snapshot["sections"].items()},
        "questions": [
            {"kind": row["kind"], "wording": _texts(row["wording"])}
            for row in snapshot["questions"]
        ],
        "engagements": snapshot["engagements"],
        "themes": [_theme(row, shown) for row in snapshot["themes"]],
        "workshops": [{**row, "title": _texts(row["title"])} for row in snapshot["workshops"]],
        "steering_group": snapshot["group"],
        "actions": [_action(row, snapshot) for row in snapshot["actions"]],
        "not_taken_forward": [_action(row, snapshot) for row in snapshot["not_taken_forward"]],
        "quotes": [_quote(quote, themes) for quote in mask.quotes],
        "corrections": [
            {"at": correction.at.date().isoformat(), "text": _texts(correction.text.entries)}
            for correction in mask.corrections
        ],
    }


def actions_csv(edition: Edition) -> str:
    """Return the agreed actions as a spreadsheet, every language beside the other."""
    languages = edition.snapshot["languages"]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    worded = [f"{name}_{lang}" for name in ("title", "text", "when") for lang in languages]
    people = [f"{name}_{lang}" for name in ("theme", "lead", "with") for lang in languages]
    writer.writerow(["number", "uuid", *worded, *people, *NUMBERS])
    themes = {row["uuid"]: row["name"] for row in edition.snapshot["themes"]}
    for row in edition.snapshot["actions"]:
        thread, tally = row["thread"], row["tally"] or {}
        texts = [
            *(
                _text(row[name], lang)
                for name in ("title", "text", "timescale_note")
                for lang in languages
            ),
            *(_text(themes.get(row["theme"], {}), lang) for lang in languages),
            *(_text((row["lead"] or {}).get("name", {}), lang) for lang in languages),
            *(
                "; ".join(_text(body["name"], lang) for body in row["supporting"])
                for lang in languages
            ),
        ]
        numbers = [
            row["timescale"],
            row["decided_on"],
            tally.get("agreeing"),
            tally.get("seats"),
            (row["commitment"] or {}).get("on"),
            thread["comments"],
            len(thread["engagements"]),
            len(thread["workshops"]),
        ]
        writer.writerow([row["number"], row["uuid"], *map(defused, texts), *numbers])
    return out.getvalue()


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; all other words as they are."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_STARTS) else cell


def _texts(entries: dict[str, Any]) -> dict[str, str]:
    """Give a frozen text as ``{language: words}``."""
    return {language: entry["text"] for language, entry in entries.items()}


def _text(entries: dict[str, Any], language: str) -> str:
    """Give a frozen text in one language, or nothing."""
    return str(entries.get(language, {}).get("text") or "")


def _theme(row: dict[str, Any], shown: dict[str, Quote]) -> dict[str, Any]:
    """Give a theme's row, with the quotes that may be shown."""
    texts = {key: _texts(row[key]) for key in ("name", "finding", "why")}
    return {**row, **texts, "quotes": [uuid for uuid in row["quotes"] if uuid in shown]}


def _action(row: dict[str, Any], snapshot: dict[str, Any]) -> dict[str, Any]:
    """Give an action's row, its occasions by uuid and its quotes left to the list of quotes."""
    thread = {key: value for key, value in row["thread"].items() if key not in {"quotes", "notes"}}
    thread["engagements"] = [snapshot["engagements"][at]["uuid"] for at in thread["engagements"]]
    thread["notes"] = len(row["thread"]["notes"])
    texts = {key: _texts(row[key]) for key in ("title", "text", "timescale_note", "reason")}
    rounds = [
        {**one, "title": _texts(one["title"]), "reason": _texts(one["reason"])}
        for one in row["rounds"]
    ]
    given = {**row, **texts, "thread": thread, "rounds": rounds}
    given["lead"] = _body(row["lead"]) if row["lead"] else None
    given["supporting"] = [_body(body) for body in row["supporting"]]
    if row.get("commitment"):
        given["commitment"] = {**row["commitment"], "text": _texts(row["commitment"]["text"])}
    return given


def _body(row: dict[str, Any]) -> dict[str, Any]:
    """Give an organisation."""
    return {"uuid": row["uuid"], "name": _texts(row["name"])}


def _quote(quote: Quote, themes: dict[str, str]) -> dict[str, Any]:
    """Give a quote that may be shown, with the theme of the edition that it speaks for."""
    return {
        "uuid": str(quote.uuid),
        "theme": themes.get(str(quote.uuid)),
        "words": quote.extract,
        "language": quote.comment.language,
        "speaker": quote.descriptor,
        "translations": _texts(quote.translation.entries),
    }
