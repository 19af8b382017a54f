"""Runs the measures and says which figures are reached: ``bin/bench [coding import page pdf]``."""

import sys

import django
from django.core.management import call_command
from django.db import connection

django.setup()

from bench import coding, documents, measures, models  # noqa: E402
from coproduction.projects.models import User  # noqa: E402
from sample.services.load import load_sample  # noqa: E402


def main(wanted: list[str]) -> int:
    """Load the sample, measure, print a line each; return 1 when a figure is missed."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in (
            models.BareNote,
            models.BareSubmission,
            models.BareComment,
            models.BarePart,
        ):
            editor.create_model(model)
    project = load_sample()
    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    every = {
        "coding": lambda: coding.coding(people["analyst"]),
        "page": lambda: documents.page(project),
        "pdf": lambda: documents.pdf(project),
        "import": lambda: measures.importing(project, people["coordinator"]),
    }
    missed = 0
    for name in wanted or every:
        for figure in every[name]():
            print(figure.line(), flush=True)
            missed += not figure.reached
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
