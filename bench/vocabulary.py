"""Makes up what people said: as many words, as unevenly used, as in real speech; always the same.

Half the words that people use are used once, and a few in every sentence (Zipf: the word in place
n is used about 1/n as often as the first). Repeating the sample's comments would give an index
a few thousand words; 100,000 real comments have some tens of thousands.
"""

import random
from collections.abc import Iterator
from itertools import accumulate

# Words of a million comments, as counted in large collections of answers to open questions.
WORDS = 60_000
# Zipf's law as Mandelbrot put it: the first few words are not quite as frequent.
_SHIFT, _POWER = 2.7, 1.07
_BEGINNINGS = (
    "b br c cl cr d dr f fl g gl gr h j k l m n p pl pr qu r s sh sl sp st t tr v w y".split()
)
_MIDDLES = "a ai e ea ee i ie o oa oo ou u".split()
_ENDINGS = "b ck d dge ft g l ll m mp n nd ng nt p r rd rn s sh ss st t th tt x ze".split()
_LASTS = ["", "", "", "s", "ed", "er", "ing", "ly", "ness", "ton", "wen", "ydd", "au", "iog"]


def word_list(known: list[str], size: int = WORDS) -> list[str]:
    """Return ``size`` different words, the most used first: those ``known``, then invented ones.

    The invented ones are made of shared syllables, so that parts of words are shared as well.
    """
    words = dict.fromkeys(known)
    dice = random.Random("words")  # noqa: S311 - nothing secret
    while len(words) < size:
        syllables = dice.choices((1, 2, 3), (2, 5, 3))[0]
        made = "".join(
            dice.choice(_BEGINNINGS) + dice.choice(_MIDDLES) + dice.choice(_ENDINGS)
            for _syllable in range(syllables)
        )
        words[made + dice.choice(_LASTS)] = None
    return list(words)[:size]


def by_use(texts: list[str]) -> list[str]:
    """Return the different words of some texts, the most used first."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in text.lower().split():
            if (bare := word.strip(".,;:!?()“”‘’\"'")).isalpha():
                counts[bare] = counts.get(bare, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))


def comments(words: list[str], seed: str) -> Iterator[str]:
    """Yield made-up comments without end, each of one to sixty words; the same for one seed."""
    dice = random.Random(seed)  # noqa: S311
    weights = list(accumulate(1 / (rank + _SHIFT) ** _POWER for rank in range(len(words))))
    while True:
        # Most say a sentence or two; some say much.
        lengths = [min(60, max(1, round(dice.lognormvariate(2.6, 0.6)))) for _one in range(1_000)]
        said = iter(dice.choices(words, cum_weights=weights, k=sum(lengths)))
        for length in lengths:
            sentence = " ".join(next(said) for _word in range(length))
            yield f"{sentence[0].upper()}{sentence[1:]}."
