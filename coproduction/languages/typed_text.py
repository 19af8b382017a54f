"""The one door for typed text: what comes in by a form, a paste, a file or a command.

People's words are kept as they wrote them, but for what nobody can see and what machines add.
"""

import re
import unicodedata

# Where a line ends, as browsers, old computers, word processors and scripts write it.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# What stands for a picture, or may: emoji, arrows, signs, digits on keys, and the tints of skin.
_PICTURE = (
    "[#*0-9\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff]"
)
# One picture: a flag of a part of a country, which is spelt in letters that nobody sees; or a sign,
# its look, its key, its tint.
_ONE_PICTURE = (
    "(?:\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,12}\U000e007f"
    f"|{_PICTURE}[\ufe0e\ufe0f]?\u20e3?[\U0001f3fb-\U0001f3ff]?)"
)
# Scripts in which a joiner changes how letters look, from Hebrew and Arabic to those of South and
# South-East Asia and the steppe.
_JOINING = (
    "[\u0590-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
# Scripts that put no space between words: where a line may break is said by a mark.
_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\uaa7f]"
# Characters of which another look can be asked for.
_WITH_LOOKS = (
    "[\u1000-\u109f\u2200-\u2aff\u2e80-\u3163\u3165-\u9fff\ua840-\ua87f\uf900-\ufaff"
    "\uff00-\uff9f\uffa1-\uffdc]"
)
_IDEOGRAPHS = "[\u2e80-\u3163\u3165-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"

_FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
)
_MARKS_OF_DIRECTION = "\u061c\u200e\u200f"

# What nobody sees: controls, soft hyphens, joiners, marks of width, direction and look, blank
# letters, what stands for a picture that stayed behind, and what is no character at all.
_UNSEEN = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u200b-\u200d\u202a-\u202e\u2060-\u206f"
    "\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
# What stays: it is part of a letter or a picture, and means nothing anywhere else.
_MEANT = "|".join(
    (
        f"{_ONE_PICTURE}(?:\u200d{_ONE_PICTURE})*",
        f"(?<={_JOINING})[\u034f\u200c\u200d]|[\u200c\u200d](?={_JOINING})",
        f"(?<={_UNSPACED})\u200b+(?={_UNSPACED})",
        f"(?<={_WITH_LOOKS})[\ufe00-\ufe0d]|(?<={_IDEOGRAPHS})[\U000e0100-\U000e01ef]",
    )
)
# Of what nobody sees, what Python calls printable.
_PRINTABLE = re.compile("[\u034f\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0100-\U000e01ef]")
_MEANT_OR_UNSEEN = re.compile(f"({_MEANT})|{_UNSEEN}")
_MEANT_OR_UNSEEN_OR_MARK = re.compile(f"({_MEANT})|{_UNSEEN}|[{_MARKS_OF_DIRECTION}]")
# Inside an address, nothing unseen is meant.
_NOT_IN_ADDRESSES = re.compile(f"{_UNSEEN}|[{_MARKS_OF_DIRECTION}]")


def clean_typed(text: str) -> str:
    """Return a text as it is kept: letters in one piece, lines ended alike, nothing unseen in it.

    Joiners stay in pictures and in scripts that need them; marks of direction stay in a text that
    has letters from the right. Everything else a person typed is left as it is. Cleaned again, it
    stays the same.
    """
    if _is_clean(text):
        return text
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    unseen = _MEANT_OR_UNSEEN if _FROM_THE_RIGHT.search(text) else _MEANT_OR_UNSEEN_OR_MARK
    while True:
        # An accent may have stood behind what went, and joins its letter now.
        seen = unicodedata.normalize("NFC", unseen.sub(lambda found: found[1] or "", text))
        if seen == text:
            return seen
        text = seen


def _is_clean(text: str) -> bool:
    """Say of most texts, at a tenth of the cost, that there is nothing to clean."""
    if not text.replace("\n", "").isprintable():
        return False
    return text.isascii() or (
        unicodedata.is_normalized("NFC", text) and not _PRINTABLE.search(text)
    )


def clean_address(typed: str) -> str:
    """Return an e-mail address in the one form in which addresses are kept and compared.

    In small letters, with nothing unseen, and with its domain as people read it: what is written
    POST@XN--BCHER-KVA.EXAMPLE is post@bücher.example.
    """
    address = unicodedata.normalize("NFC", _NOT_IN_ADDRESSES.sub("", typed)).strip().lower()
    name, at, domain = address.rpartition("@")
    try:
        # As letters find their way: by the domain's plain form.
        domain = domain.encode("idna").decode("idna")
    except UnicodeError:
        # No domain at all: whoever checks addresses will say so.
        return unicodedata.normalize("NFC", address)
    return unicodedata.normalize("NFC", f"{name}{at}{domain}".lower())
