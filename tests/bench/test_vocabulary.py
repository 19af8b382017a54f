"""What is made up to be searched: as many words as real speech has, and always the same."""

from collections import Counter
from itertools import islice

from bench.vocabulary import WORDS, by_use, comments, word_list


def test_the_words_that_are_known_come_first_and_none_twice() -> None:
    words = word_list(["park", "bench", "park"], 5_000)
    assert words[:2] == ["park", "bench"]
    assert len(words) == len(set(words)) == 5_000


def test_the_same_seed_says_the_same_and_another_something_else() -> None:
    words = word_list([], 1_000)
    first, again, other = (list(islice(comments(words, seed), 50)) for seed in ("a", "a", "b"))
    assert first == again != other


def test_a_few_words_are_in_most_comments_and_half_of_those_used_are_rare() -> None:
    said = list(islice(comments(word_list([]), "speech"), 20_000))
    used = Counter(word.strip(".").lower() for text in said for word in text.split())
    assert 15_000 < len(used) < WORDS
    times = sorted(used.values())
    assert times[len(times) // 2] <= 3
    assert times[-1] > sum(times) / 50


def test_comments_are_a_word_to_sixty_long() -> None:
    lengths = [len(text.split()) for text in islice(comments(word_list([]), "length"), 5_000)]
    assert min(lengths) >= 1
    assert 40 < max(lengths) <= 60
    assert 10 < sum(lengths) / len(lengths) < 25


def test_words_are_ordered_by_how_often_they_are_used() -> None:
    assert by_use(["The park.", "the bus, the park", "a 7 bus?"])[:3] == ["the", "bus", "park"]
