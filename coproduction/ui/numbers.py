"""How numbers are written: the one place that says so."""


def format_number(value: float) -> str:
    """Write a number as people read it, ``3,940`` or ``12.5``: the same in every language."""
    return f"{value:,.1f}".removesuffix(".0")
