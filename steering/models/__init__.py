"""How the group decides: seats, meetings, rounds, responses, decisions and commitments."""

from steering.models.answer import Answer, Response
from steering.models.commitment import Commitment
from steering.models.decision import Decision
from steering.models.meeting import Meeting, MinutesCorrection
from steering.models.round import Round, RoundQuerySet
from steering.models.seat import Seat, SeatQuerySet
from steering.models.terms import DecisionMethod, Terms

__all__ = [
    "Answer",
    "Commitment",
    "Decision",
    "DecisionMethod",
    "Meeting",
    "MinutesCorrection",
    "Response",
    "Round",
    "RoundQuerySet",
    "Seat",
    "SeatQuerySet",
    "Terms",
]
