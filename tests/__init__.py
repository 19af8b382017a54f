"""The tests: laid out as the code is, with the cast and the whole-project examples beside them."""
