"""Which comments are meant by a list that may be narrowed by codes, too."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef

from engagements.queries.comment_selection import CommentSelection
from themes.models import Coding, WaitingComment
from themes.queries.coding import rows_of_theme


@dataclass(frozen=True, kw_only=True)
class CodedSelection(CommentSelection):
    """Which comments are meant, by all that the team knows of them: also their themes and codes."""

    change_task: ClassVar[str] = "themes.change_comments"

    # The key of a theme or code, and which of both it is.
    theme: int | None = None
    is_theme: bool = False
    # "yes" or "no": whether they carry any code.
    coded: str = ""

    def narrow(self, rows: Any) -> Any:
        """Keep what is meant of some comments, but for the words, and what withholds them."""
        rows = super().narrow(rows)
        if self.theme is not None:
            listed = rows_of_theme(self.theme, is_theme=self.is_theme)
            rows = rows.filter(pk__in=listed.values("comment"))
        carries = Exists(Coding.objects.filter(comment=OuterRef("pk")))
        if self.coded == "yes":
            return rows.filter(carries)
        if self.coded == "no" and self.is_of_those_in_use:
            # Those that wait are listed: mostly there are few.
            return rows.filter(pk__in=WaitingComment.objects.values("comment"))
        return rows.filter(~carries) if self.coded == "no" else rows
