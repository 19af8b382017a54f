"""The group's terms of reference."""

import pytest
from django.core.exceptions import ValidationError

from coproduction.projects.models import AuditEntry
from steering.models import Terms
from steering.services.terms import NobodyDecides, set_terms


def test_the_terms_are_the_defaults_until_they_are_set(project, chair) -> None:
    assert Terms.objects.in_force(project).quorum == 4
    set_terms(project=project, quorum=6, decision_method="majority", by=chair)
    set_terms(project=project, quorum=7, decision_method="consensus", by=chair)
    terms = Terms.objects.get(project=project)
    assert (terms.quorum, terms.decision_method) == (7, "consensus")
    entry = AuditEntry.objects.filter(project=project, verb="steering.terms_set").last()
    assert entry.was == {"quorum": 6, "decision_method": "majority"}


def test_a_quorum_of_nobody_is_refused(project, chair) -> None:
    with pytest.raises(NobodyDecides):
        set_terms(project=project, quorum=0, decision_method="consent", by=chair)
    with pytest.raises(ValidationError):
        set_terms(project=project, quorum=3, decision_method="dice", by=chair)
    assert not Terms.objects.exists()
