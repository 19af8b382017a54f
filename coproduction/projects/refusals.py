"""The base of every refusal: a plain sentence a person can act on."""

from django.utils.functional import Promise


class Refusal(Exception):
    """A change that may not happen. ``sentence`` says what to do, and may be shown as it is."""

    sentence: str | Promise = ""

    def __init__(self, sentence: str | Promise | None = None) -> None:
        """Take the sentence to show, or the class's own."""
        super().__init__()
        if sentence is not None:
            self.sentence = sentence

    def __str__(self) -> str:
        """Return the sentence in the reader's language."""
        return str(self.sentence)
