"""How the group decides: seats, meetings, rounds, responses, decisions and commitments."""

from steering.models.answer import Answer, Confirmation, Response, WrittenDown
from steering.models.commitment import Commitment
from steering.models.decision import Decision
from steering.models.meeting import Meeting, MeetingQuerySet, MinutesCorrection
from steering.models.round import Round, RoundQuerySet
from steering.models.seat import Seat, SeatQuerySet
from steering.models.terms import DecisionMethod, Terms

__all__ = [
    "Answer",
    "Commitment",
    "Confirmation",
    "Decision",
    "DecisionMethod",
    "Meeting",
    "MeetingQuerySet",
    "MinutesCorrection",
    "Response",
    "Round",
    "RoundQuerySet",
    "Seat",
    "SeatQuerySet",
    "Terms",
    "WrittenDown",
]
