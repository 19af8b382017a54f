"""A process that measures for one store: asked line by line, it answers line by line, in JSON.

``python -m bench.answering``: a line in is ``{"do": "pages.turn", "with": {…}}``, a function of
``bench.measures`` and what it takes; a line out is ``{"answer": …}`` or ``{"fault": "…"}``.
"""

import json
import os
import sys
import traceback
from importlib import import_module

import django


def main() -> None:
    """Answer until there is no more to be asked."""
    # What anything prints meanwhile goes elsewhere: this line is for answers alone.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    django.setup()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            module, _, name = asked["do"].rpartition(".")
            work = getattr(import_module(f"bench.measures.{module}"), name)
            told = {"answer": work(**asked["with"])}
        except Exception:
            told = {"fault": traceback.format_exc()}
        answers.write(json.dumps(told) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
