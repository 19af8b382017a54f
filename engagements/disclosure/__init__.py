"""Small numbers: which counts the public may read without learning who a person is."""
