"""How an edition of an earlier shape is read: each shape is turned into the next, up to ours.

What was published stays in the database as it was; it is turned whenever it is read.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from engagements.disclosure.over_time import Line
from engagements.disclosure.small_numbers import disclose_count, disclose_parts
from plan.edition import disclosed_counts
from plan.edition.format import Malformed, read, write
from plan.edition.snapshot import SHAPE, Snapshot

Raw = dict[str, Any]

# How the questions were drawn before editions kept that; what they were called is in the catalogue.
_LOOKS = {
    "asset": (_("What we have"), "teal", "square"),
    "need": (_("What we need"), "brick", "circle"),
    "change": (_("What should change"), "sun", "diamond"),
    "none": (_("Anything else"), "slate", "bubble"),
}
# Under which counts are kept back in an edition frozen when none were.
_SMALLEST = 10


def read_snapshot(raw: Raw) -> Snapshot:
    """Read an edition of any shape there ever was. Raises Malformed, which says what is wrong."""
    shape = raw.get("shape") if isinstance(raw, dict) else None
    if shape not in {1, 2, 3, 4, SHAPE}:
        raise Malformed(f"shape should be a number up to {SHAPE}, and is {shape}")
    try:
        raw = _second(raw) if shape == 1 else raw
        raw = _third(raw) if shape in {1, 2} else raw
        raw = _fourth(raw) if shape in {1, 2, 3} else raw
        raw = _fifth(raw) if shape != SHAPE else raw
    except (LookupError, TypeError, AttributeError, ValueError) as fault:
        sentence = f"an edition of shape {shape} lacks a part, or one is not what it should be"
        raise Malformed(sentence) from fault
    return read(Snapshot, raw)


def _second(raw: Raw) -> Raw:
    """Turn shape 1, which told every number, and how many comments each thread has of an event."""
    rows, group, figures = raw["engagements"], raw["group"], raw["figures"]
    asked = figures["by_question"]
    people = disclose_parts([row["people"] for row in rows], _SMALLEST)
    comments = disclose_parts([sum(row["comments"].values()) for row in rows], _SMALLEST)
    return raw | {
        "shape": 2,
        "engagements": [
            {"is_held": True} | row | {"people": heard.frozen, "comments": said.frozen}
            for row, heard, said in zip(rows, people, comments, strict=True)
        ],
        "themes": [theme | _counts(theme, asked) for theme in raw["themes"]],
        "actions": [_second_idea(row, asked) for row in raw["actions"]],
        "not_taken_forward": [_second_idea(row, asked) for row in raw["not_taken_forward"]],
        "figures": {"seats": group["seats"], "meetings": len(group["meetings"])}
        | figures
        | {"by_question": write(disclosed_counts.parts_by_question(asked, _SMALLEST))},
    }


def _counts(row: Raw, asked: Mapping[str, int]) -> Raw:
    """Keep back what a row tells of a few people."""
    exact = {kind: row["by_question"].get(kind, 0) for kind in asked}
    whole, parts = disclosed_counts.whole_and_parts(exact, _SMALLEST)
    return {"comments": write(whole), "by_question": write(parts)}


def _second_idea(row: Raw, asked: Mapping[str, int]) -> Raw:
    """Turn an action, or an idea not taken forward, of shape 1."""
    thread = row["thread"]
    exact = {kind: thread["by_question"].get(kind, 0) for kind in asked}
    by_event = [number for _at, number in thread["engagements"]]
    line = disclosed_counts.thread_line(by_event, exact, None, _SMALLEST, asked=Line())
    return row | {
        "thread": {"findings": []}
        | thread
        | {"comments": write(line.whole), "by_question": write(line.told)}
        | {"engagements": [at for at, _number in thread["engagements"]]}
    }


def _third(raw: Raw) -> Raw:
    """Turn shape 2, which did not say what questions were called and how they were drawn."""
    events = [row["uuid"] for row in raw["engagements"]]
    asked = raw["figures"]["by_question"]
    # Until an edition kept fingerprints of its words, it could show none that were changed since.
    words: Raw = {"quotes": {}, "notes": {}}
    as_before = {key: row for key, row in raw.items() if key not in {"sections", "group"}}
    return (
        {"words": words}
        | as_before
        | {
            "shape": 3,
            "texts": raw["sections"],
            "steering_group": raw["group"],
            "questions": [row | _look(row["kind"], raw["languages"]) for row in raw["questions"]],
            "themes": [
                row | {"colour": row["colour"] or "slate"} | _every_question(row, asked)
                for row in raw["themes"]
            ],
            "actions": [_third_idea(row, events, asked) for row in raw["actions"]],
            "not_taken_forward": [
                _third_idea(row, events, asked) for row in raw["not_taken_forward"]
            ],
        }
    )


def _look(kind: str, languages: list[str]) -> Raw:
    """Say what a question was called, and how it was drawn."""
    name, colour, shape = _LOOKS[kind]
    entries = Translated.of_catalogue(name, languages).entries
    return {"name": entries, "colour": colour, "shape": shape}


def _every_question(row: Raw, asked: Mapping[str, Any]) -> Raw:
    """Count each question that anybody answered: where it was left out, there are none."""
    return {"by_question": dict.fromkeys(asked, 0) | row["by_question"]}


def _third_idea(row: Raw, events: list[str], asked: Mapping[str, Any]) -> Raw:
    """Turn an action, or an idea not taken forward, of shape 2."""
    thread = row["thread"]
    return row | {
        "thread": {"quotable": None}
        | thread
        | {"engagements": [events[at] for at in thread["engagements"]]}
        | _every_question(thread, asked),
    }


def _fourth(raw: Raw) -> Raw:
    """Turn shape 3, which left out a lead's word once the words it was given to were replaced."""
    actions = [row | {"earlier_commitment": None} for row in raw["actions"]]
    return raw | {"shape": 4, "actions": actions}


def _fifth(raw: Raw) -> Raw:
    """Turn shape 4, which told the answers of a group however small, and so headline figures."""
    figures, lists = raw["figures"], ("actions", "not_taken_forward")
    heard = {key: write(disclose_count(figures[key], _SMALLEST)) for key in ("people", "comments")}
    ideas = {key: [_fifth_idea(row) for row in raw[key]] for key in lists}
    return raw | {"shape": 5, "figures": figures | heard} | ideas


def _fifth_idea(row: Raw) -> Raw:
    """Turn an action, or an idea not taken forward, of shape 4."""
    rounds = [one | {"tally": _private_tally(one["tally"])} for one in row["rounds"]]
    tally = {"tally": row["tally"] and _private_tally(row["tally"])} if "tally" in row else {}
    thread = {key: told for key, told in row["thread"].items() if key != "quotable"}
    return row | {"rounds": rounds, "thread": thread} | tally


def _private_tally(tally: Raw) -> Raw:
    """Keep back the answers of a small group."""
    answers = {kind: told for kind, told in tally.items() if kind not in {"seats", "method"}}
    told = disclosed_counts.disclose_answers(answers, tally["seats"])
    return tally | {kind: write(count) for kind, count in told.items()}
