"""The figures, a module for each group: each asks processes to measure and compares with limits."""
