"""Changes to what a project looks out for in what people say, and whom it tells them to turn to."""

from collections.abc import Mapping

from coproduction.projects.audit import recorded
from coproduction.projects.models import Project, User
from coproduction.projects.seen import Seen
from engagements.models import LookRules


def change_look_rules(
    *,
    project: Project,
    worry_words: Mapping[str, str],
    turn_to: Mapping[str, str],
    by: User,
    seen: Seen | None = None,
) -> LookRules:
    """Say which words may mean that somebody is at risk, and what a survey says of help.

    It holds for what is said from now on. With the first change the given words are the project's
    own. Raises ChangedMeanwhile and ValidationError.
    """
    with recorded(project=project, by=by) as ledger:
        given = LookRules.given(project)
        rules, _is_new = LookRules.objects.get_or_create(
            project=project,
            defaults={"worry_words": given.worry_words, "turn_to": given.turn_to},
        )
        changed = ledger.change(
            rules,
            seen=seen,
            worry_words={name: _one_a_line(text) for name, text in worry_words.items()},
            turn_to={name: text.strip() for name, text in turn_to.items()},
        )
        rules.full_clean()
        rules.save()
        if changed:
            ledger.record("engagements.look_rules_changed", subject=rules)
    return rules


def _one_a_line(words: str) -> str:
    """Return words as they are kept: each once, a line each."""
    return "\n".join(dict.fromkeys(word for line in words.splitlines() if (word := line.strip())))
