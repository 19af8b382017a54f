"""What the history says of each change, so that it can be said in every language.

An entry holds a verb, ``themes.theme_removed``, and its page says "Theme removed". The list stands
here because only this app knows every stage; a test compares it with what the services record.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_noop as _

from coproduction.ui.numbers import format_number

CHANGES = [
    *(_("Member added"), _("Member invited again"), _("Member removed"), _("Organisation added")),
    *(_("Member signed out"), _("Account closed"), _("Account reopened"), _("Account deleted")),
    *(_("Pass given"), _("Pass revoked"), _("Pass code wrong"), _("Answer confirmed")),
    *(
        _("Organisation changed"),
        _("Project changed"),
        _("Periods set"),
        _("Retention announced"),
        _("Retention applied"),
        _("Retention put off"),
        _("Project created"),
    ),
    *(_("Project brought in"), _("Records adapted")),
    *(_("Project begun from another"), _("Blueprint taken"), _("Codebook taken")),
    *(_("Text templates kept"), _("Texts read"), _("Text template removed")),
    *(_("Archive asked for"), _("Archive taken out")),
    *(_("Letter left"), _("Letter sent again"), _("Records attested"), _("Register taken out")),
    *(_("Signed in"), _("Signed out"), _("Sign in code wrong")),
    *(_("Second step set up"), _("Second step removed"), _("Second step wrong")),
    *(_("Second step reset"), _("Recovery codes made")),
    *(_("Original read"), _("Refused rows taken out"), _("Comments taken out")),
    *(
        _("Comments looked at"),
        _("Hints let be"),
        _("Look rules changed"),
        _("Languages guessed"),
        _("Answers told of"),
    ),
    *(_("Comments coded together"), _("Coding together undone")),
    *(_("Comment corrected"), _("Comment redacted"), _("Comment withdrawn")),
    *(_("Concern kept hidden"), _("Concern raised"), _("Concern restored")),
    *(_("Engagement cancelled"), _("Engagement changed"), _("Engagement logged")),
    *(_("Engagement planned"), _("Engagement revived"), _("File imported")),
    *(_("File looked through"), _("File taken in"), _("Layout chosen")),
    *(
        _("Import undone"),
        _("Import settled"),
        *(_("Rows mended"), _("Rows left out"), _("Rows had back")),
        _("Lead told again"),
        _("Question added"),
        _("Question changed"),
    ),
    *(_("Question closed"), _("Question moved"), _("Question removed"), _("Question reopened")),
    *(_("Questions set"), _("Redaction restored"), _("Submissions added"), _("Submissions undone")),
    *(_("Survey changed"), _("Survey closed"), _("Survey opened"), _("Withdrawal lifted")),
    *(_("Answers let in"), _("Answers set aside"), _("Hold decision undone")),
    *(_("Hold rules changed"), _("Network watched"), _("Network watch ended")),
    *(
        _("Networks forgotten"),
        _("Withholding held"),
        _("Code added"),
        _("Code moved"),
        _("Coding undone"),
    ),
    *(_("Comment coded"), _("Comments coded"), _("Finding taken down"), _("Finding written")),
    *(_("Merge undone"), _("Merged"), _("Quote changed"), _("Quote chosen"), _("Quote cleared")),
    *(_("Quote shifted"), _("Quote uncleared"), _("Theme added"), _("Theme changed")),
    *(_("Theme removed"), _("Theme shifted"), _("Action moved"), _("Action proposed")),
    *(_("Action reworded"), _("Attendees added"), _("Attendees removed"), _("Evidence cited")),
    *(_("Evidence taken off"), _("Host named"), _("Note changed"), _("Notes added")),
    *(_("Notes restored"), _("Notes undone"), _("Tables set"), _("Wording translated")),
    *(_("Workshop changed"), _("Workshop planned"), _("Answer given"), _("Commitment recorded")),
    *(_("Commitment translated"), _("Decision recorded"), _("Meeting called")),
    *(_("Meeting changed"), _("Meeting sealed"), _("Member seated"), _("Minutes recorded")),
    *(_("Reason translated"), _("Round closed"), _("Round extended"), _("Round taken back")),
    *(_("Action withdrawn"), _("Seat removed"), _("Workshop called off"), _("Workshop revived")),
    *(_("Meeting called off"), _("Minutes circulated"), _("Minutes corrected")),
    *(_("Rounds opened"), _("Seat changed"), _("Seat left"), _("Terms set"), _("Correction made")),
    *(_("Edition published"), _("Rendering made"), _("Rendering requested")),
    *(_("Rendering retired"), _("Section written"), _("Table removed")),
    *(_("Comment erased"), _("Erasure finished"), _("Quote removed"), _("Rows erased")),
    *(_("Words erased"), _("Complaint received"), _("Complaint acknowledged")),
    _("Complaint answered"),
    *(_("Comments changed"), _("Comments change begun"), _("Comments put back")),
    *(_("Typo put right"), _("Typo put back")),
    *(_("View saved"), _("View removed")),
]

# By what comments were narrowed before they were taken out, as the entry names it.
_NARROWED: Final[Mapping[str, Promise]] = {
    "search": gettext_lazy("words searched for"),
    "theme": gettext_lazy("a theme or code"),
    "engagements": gettext_lazy("an engagement"),
    "question": gettext_lazy("a question"),
    "filters": gettext_lazy("other filters"),
}


def told_of_entry(verb: str, now: Mapping[str, Any]) -> str:
    """Say more of a change than that it was made; an empty string for most.

    Of what a person did with their code, that they did. Of comments taken out as a file: how many,
    which kind, and by what they were narrowed, never the words that were searched for.
    """
    if now.get("with_code"):
        return gettext("by whoever said it, with their code")
    if verb != "engagements.comments_taken_out":
        return ""
    rows = int(now["rows"])
    said = ngettext("%(rows)s comment as %(file)s", "%(rows)s comments as %(file)s", rows)
    told = said % {"rows": format_number(rows), "file": str(now["file"]).upper()}
    by = ", ".join(str(name) for part, name in _NARROWED.items() if now.get(part))
    return f"{told}, {gettext('narrowed by: %(what)s') % {'what': by}}" if by else told
