"""What a person may do on the pages of theming, for buttons to show or hide."""

from coproduction.projects.access import may
from coproduction.projects.pages import TeamRequest


def theming_permissions(request: TeamRequest) -> dict[str, bool]:
    """Return which of theming's changes this person may make."""
    return {
        "code": may(request, "themes.code"),
        "codebook": may(request, "themes.codebook"),
        "quotes": may(request, "quotes.clear"),
        "findings": may(request, "findings.write"),
    }
