"""How comments are themed: themes and codes, codings, quotes and findings, and their counts."""

from themes.models.bulk_coding import BulkCodedComment, BulkCoding
from themes.models.claim import CodingClaim
from themes.models.coding import Coding, CodingQuerySet
from themes.models.finding import Finding
from themes.models.quote import Quote, QuoteQuerySet
from themes.models.theme import KEYS, Colour, Theme, ThemeQuerySet
from themes.models.theme_count import ThemeCount, ThemedComment, ThemeTotal
from themes.models.waiting_comment import WaitingComment, WaitingTotal

__all__ = [
    "KEYS",
    "BulkCodedComment",
    "BulkCoding",
    "Coding",
    "CodingClaim",
    "CodingQuerySet",
    "Colour",
    "Finding",
    "Quote",
    "QuoteQuerySet",
    "Theme",
    "ThemeCount",
    "ThemeQuerySet",
    "ThemeTotal",
    "ThemedComment",
    "WaitingComment",
    "WaitingTotal",
]
