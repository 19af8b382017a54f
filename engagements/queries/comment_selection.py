"""Which comments somebody means who narrows a list of them: one answer for pages and changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from django.db.models import Count, Q, Sum

from coproduction.database import distinct_values
from coproduction.languages.searching import Found, find_words
from coproduction.projects.models import Project
from engagements.models import (
    Comment,
    CommentCount,
    CommentQuerySet,
    Engagement,
    Submission,
    Withheld,
)
from engagements.models.receipts import normalise_receipt

# More languages or ages than this are no list to choose from.
_MOST_CHOICES = 60
_MOST_AREAS = 500
# So few comments are found by where they were said, or by whom, however many others there are.
_FEW = 20_000


@dataclass(frozen=True, kw_only=True)
class CommentSelection:
    """Which comments are meant, by all that a list can be narrowed by; empty means any.

    It holds keys and texts only, since a change that goes on later keeps it. A later stage adds
    what it knows of comments in a class of its own, with the task that changes many of them.
    """

    # What changes many of them later.
    change_task: ClassVar[str] = "engagements.change_comments"

    words: str = ""
    questions: Sequence[int] = ()
    engagements: Sequence[int] = ()
    method: str = ""
    area: str = ""
    # The first and the last day of their engagements, as 2024-05-14.
    since: str = ""
    until: str = ""
    language: str = ""
    # "yes" or "no".
    consent: str = ""
    channel: str = ""
    typed_by: int | None = None
    age: str = ""
    # Where who said it is from; the area above is their engagement's.
    home: str = ""
    # The import that brought them in.
    batch: int | None = None
    withheld: str = ""
    # One person's, by their code: whatever else is asked, and whatever withholds them.
    submission: int | None = None

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "CommentSelection":
        """Return it as a change under way keeps it; what is not known any more is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    @property
    def is_everything(self) -> bool:
        """Whether every comment in use is meant, since none of this was chosen."""
        return not any(getattr(self, each.name) for each in fields(self))

    @property
    def is_of_those_in_use(self) -> bool:
        """Whether what something withholds is left out."""
        return self.withheld == Withheld.NOTHING

    def among(self, project: Project, comments: CommentQuerySet) -> Found[Comment]:
        """Return those of some comments of a project that are meant, in the order of their keys."""
        if self.submission is not None:
            return Found(comments.filter(submission=self.submission))
        rows = comments.filter(withheld=self.withheld or Withheld.NOTHING)
        few = self._few(project)
        return Found(self.narrow(rows).filter(*few), self.words, few=bool(few))

    def narrow(self, rows: Any) -> Any:
        """Keep what is meant of some comments, but for the words, and what withholds them."""
        asked = self._of_themselves()
        if sittings := self._of_sittings():
            asked.append(Q(**{f"submission__{name}": value for name, value in sittings.items()}))
        if engagements := self._of_engagements():
            asked.append(Q(engagement__in=Engagement.objects.filter(**engagements)))
        return rows.filter(*asked)

    def count_withheld(self, comments: CommentQuerySet) -> dict[str, int]:
        """Count those that would be meant of each state but those in use, by the state."""
        rows = find_words(self.narrow(comments.exclude(withheld=Withheld.NOTHING)), self.words)
        if self.submission is not None:
            rows = comments.none()
        counted = rows.order_by().values_list("withheld").annotate(number=Count("pk"))
        return {str(state): number for state, number in counted}

    def _few(self, project: Project) -> list[Q]:
        """Return the comments of a few sittings or engagements that are asked for, where they are.

        They are found from there: any database would look through all comments for them, from the
        newest, since it can't know that there are few. Of sittings as many are counted as it takes;
        how many were said at engagements is kept counted.
        """
        if sittings := self._of_sittings():
            said = Submission.objects.of(project).filter(**sittings).values("pk")
            if said[: _FEW + 1].count() <= _FEW:
                return [Q(pk__in=Comment.objects.filter(submission__in=said).values("pk"))]
        if self.is_of_those_in_use and (self._of_engagements() or self.engagements):
            named = Engagement.objects.of(project).filter(**self._of_engagements())
            if self.engagements:
                named = named.filter(pk__in=self.engagements)
            counts = CommentCount.objects.of(project).filter(engagement__in=named.values("pk"))
            if (counts.aggregate(number=Sum("visible"))["number"] or 0) <= _FEW:
                few = Comment.objects.filter(engagement__in=named.values("pk"))
                return [Q(pk__in=few.values("pk"))]
        return []

    def _of_themselves(self) -> list[Q]:
        """Return what is asked of the comments' own rows."""
        asked = []
        if self.questions:
            asked.append(Q(question__in=self.questions))
        if self.engagements:
            asked.append(Q(engagement__in=self.engagements))
        if self.submission is not None:
            asked.append(Q(submission=self.submission))
        if self.language:
            asked.append(Q(language=self.language))
        if self.consent:
            asked.append(Q(quote_consent=self.consent == "yes"))
        return asked

    def _of_sittings(self) -> dict[str, Any]:
        """Return what is asked of the sittings at which they were said."""
        asked = {
            "channel": self.channel,
            "by": self.typed_by,
            "age_band": self.age,
            "area": self.home,
            "batch": self.batch,
        }
        return {name: value for name, value in asked.items() if value}

    def _of_engagements(self) -> dict[str, str]:
        """Return what is asked of their engagements, but for which these are."""
        asked = {
            "method": self.method,
            "area": self.area,
            "date__gte": self.since,
            "date__lte": self.until,
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class ChoiceCount:
    """How many comments a choice beside a list would leave; there may be more where it says so."""

    number: int
    or_more: bool = False


# By the choice, and by its value: the key of a record, or a text.
Counts = Mapping[str, Mapping[Any, ChoiceCount]]


def sitting_with_code(project: Project, words: str) -> Submission | None:
    """Return what the person said whose code was typed; None for words that only look like one."""
    if not normalise_receipt(words):
        return None
    found: Submission | None = Submission.objects.of(project).with_receipt(words).first()
    return found


def areas_of(project: Project) -> list[str]:
    """Return the areas of a project's engagements, each once."""
    rows = Engagement.objects.of(project).exclude(area="").order_by("area")
    return list(rows.values_list("area", flat=True).distinct()[:_MOST_AREAS])


def languages_of(project: Project) -> list[str]:
    """Return the languages in which a project's comments were said."""
    return distinct_values(Comment.objects.of(project).visible(), "language", _MOST_CHOICES)


def homes_of(project: Project) -> list[str]:
    """Return where people said that they are from, as they said it."""
    return distinct_values(Submission.objects.of(project).exclude(area=""), "area", _MOST_CHOICES)


def ages_of(project: Project) -> list[str]:
    """Return the ages that people told, as they told them."""
    return distinct_values(
        Submission.objects.of(project).exclude(age_band=""), "age_band", _MOST_CHOICES
    )
