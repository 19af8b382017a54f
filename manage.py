#!/usr/bin/env python
"""Run a management command: the one entry point for people and scripts."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

from coproduction.database import is_empty


def main() -> None:
    """Run the command; one that asks a database without tables says what to run first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduction.settings")
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError):
        if not is_empty():
            raise
        sys.exit("The database is empty. Run this first: manage.py migrate")


if __name__ == "__main__":
    main()
