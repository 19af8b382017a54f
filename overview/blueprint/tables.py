"""What becomes of each table when a project is begun from another: one list, for every model.

It stands beside the list of everything that is kept, and a test compares the two: each model that
belongs to a project is here, and of those that come along each column is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from overview.blueprint.groups import BlueprintGroup

# What every record has of its own: another project's stay with it.
OWN: Final = frozenset({"id", "uuid", "version", "created_at", "project"})


@dataclass(frozen=True)
class Comes:
    """Rows of a kind come along: in which group, which columns of theirs, and why others don't."""

    group: BlueprintGroup | None
    columns: frozenset[str]
    stays: Mapping[str, str]


def _comes(group: BlueprintGroup | None, *columns: str, **stays: str) -> Comes:
    """Say which columns come along, and of each other why not."""
    return Comes(group, frozenset(columns), stays)


# What of a row that comes along stands in the new project. Where no row of that kind can be made
# yet, since it has a day or a place, its texts come as a TextTemplate.
COMES: Final[Mapping[str, Comes]] = {
    "projects.Project": _comes(
        # In the form itself, where it is read before it is sent; the number with the periods.
        None,
        *("scope", "languages", "small_number"),
        slug="it is this one's address",
        place="it is another place",
        name="it names the place",
        safeguarding_lead="it is a person's address",
        figures_are_public="nobody has looked at the new one's numbers yet",
        contact_email="people would write to the wrong place",
        is_invented="a real project is begun from the sample too",
    ),
    "projects.Retention": _comes(
        BlueprintGroup.PERIODS, "originals", "imports", "attendees", "concerns", "letters", "jobs"
    ),
    "engagements.Question": _comes(
        BlueprintGroup.QUESTIONS, "kind", "name", "wording", "symbol", "is_asked", "position"
    ),
    "engagements.HoldRules": _comes(
        BlueprintGroup.LISTENING, "most_of_network", "most_of_survey", words="they are often names"
    ),
    "engagements.Engagement": _comes(
        BlueprintGroup.LISTENING,
        *("method", "level", "purpose"),
        title="it is of one occasion",
        place="it is in another place",
        area="it is in another place",
        date="it is over",
        people_heard="nobody was heard here yet",
        helpers="it is of one occasion",
        helper_minutes="it is of one occasion",
        cost_pence="it is of one occasion",
        came_with="it came in a file, there",
        status="it is of one occasion",
    ),
    "engagements.Survey": _comes(
        BlueprintGroup.SURVEYS,
        *("slug", "title", "introduction"),
        engagement="it is of one occasion",
        opens_at="it is over",
        closes_at="it is over",
    ),
    "themes.Theme": _comes(
        BlueprintGroup.CODEBOOK,
        *("kind", "parent", "name", "definition", "colour", "key", "position"),
        merged_into="only what stands comes along",
        first_parent="it tells how a merge is undone",
    ),
    "workshops.Workshop": _comes(
        BlueprintGroup.WORKSHOPS,
        *("title", "purpose"),
        theme="it is of one evening",
        place="it is in another place",
        date="it is over",
        called_off_at="only what stands comes along",
        called_off_why="only what stands comes along",
    ),
    "steering.Terms": _comes(BlueprintGroup.STEERING, "quorum", "decision_method"),
    "steering.Meeting": _comes(
        BlueprintGroup.STEERING,
        "agenda",
        date="it is over",
        starts="it is over",
        ends="it is over",
        place="it is in another place",
        minutes="people said it, and are named in it",
        circulated_at="it is of one evening",
        sealed_at="it is of one evening",
        sealed_attendance="they are people",
        called_off_at="only what stands comes along",
        called_off_why="only what stands comes along",
    ),
    "plan.Section": _comes(
        BlueprintGroup.PLAN,
        *("kind", "body"),
        # Foreword, thanks, what people value, why a theme matters: see ABOUT_THE_WAY.
        theme="it says what people said there",
        changed_at="it is new here",
        by="it is whoever begins the new project",
    ),
}

_PEOPLE = "people stay where they are, and what is said of them"
_SAID = "people said it, there"
_OF_SAID = "it says what became of what people said there"
_DECIDED = "it was promised or decided there"
_PUBLISHED = "it was published there"
_TRAIL = "each project has a trail of its own"
_RUNS = "the programme makes it for itself"

# Of each other kind, why none of it comes along.
STAYS: Final[Mapping[str, str]] = {
    "projects.Organisation": "it takes part there; here it is asked first",
    "projects.DataComplaint": _PEOPLE,
    "projects.Membership": _PEOPLE,
    "projects.Pass": _PEOPLE,
    "projects.Letter": _PEOPLE,
    "projects.RetentionNotice": "it is about what was kept there",
    "projects.AuditHead": _TRAIL,
    "projects.TrailHead": _TRAIL,
    "projects.AuditEntry": _TRAIL,
    "projects.Sending": _RUNS,
    "projects.Blueprint": "it says what that project was begun from",
    "projects.TextTemplate": "it came from a third project, whose team was not asked",
    "engagements.Submission": _SAID,
    "engagements.Comment": _SAID,
    "engagements.Hint": _SAID,
    "engagements.LookRules": "what people say, and who helps, is of one place; a list is given",
    "engagements.ErasedComment": _SAID,
    "engagements.Redaction": _SAID,
    "engagements.BulkChange": _SAID,
    "engagements.BulkChangedComment": _SAID,
    "engagements.Withdrawal": _SAID,
    "engagements.Concern": _SAID,
    "engagements.Hold": _SAID,
    "engagements.WatchedNetwork": _SAID,
    "engagements.NetworkSalt": _RUNS,
    "engagements.HoldDecision": _SAID,
    "engagements.ImportBatch": _SAID,
    "engagements.RefusedRow": _SAID,
    "engagements.JoinedRow": _SAID,
    "engagements.FilledFigures": _SAID,
    "engagements.SkippedRow": _SAID,
    "engagements.Label": _SAID,
    "engagements.PublishedCounts": _PUBLISHED,
    "engagements.CommentCount": _RUNS,
    "engagements.SavedView": "it is how somebody there looks at what people said",
    "themes.Coding": _OF_SAID,
    "themes.BulkCoding": _OF_SAID,
    "themes.BulkCodedComment": _OF_SAID,
    "themes.Quote": _SAID,
    "themes.Finding": _OF_SAID,
    "themes.ThemedComment": _RUNS,
    "themes.ThemeCount": _RUNS,
    "themes.ThemeTotal": _RUNS,
    "themes.CodingClaim": _RUNS,
    "themes.WaitingComment": _RUNS,
    "themes.WaitingTotal": _RUNS,
    "workshops.Table": "it is of one evening, and names who leads it",
    "workshops.Attendee": _PEOPLE,
    "workshops.Note": _SAID,
    "workshops.Action": _DECIDED,
    "workshops.Wording": _DECIDED,
    "workshops.Wording_supporting": _DECIDED,
    "workshops.Retranslation": _DECIDED,
    "workshops.Evidence": _OF_SAID,
    "steering.Seat": _PEOPLE,
    "steering.Meeting_attended": _PEOPLE,
    "steering.MinutesCorrection": _SAID,
    "steering.Round": _DECIDED,
    "steering.Round_electorate": _PEOPLE,
    "steering.Response": _SAID,
    "steering.Confirmation": _PEOPLE,
    "steering.Decision": _DECIDED,
    "steering.Commitment": _DECIDED,
    "plan.Edition": _PUBLISHED,
    "plan.CitedComment": _PUBLISHED,
    "plan.Rendering": _PUBLISHED,
    "plan.Correction": _PUBLISHED,
}
