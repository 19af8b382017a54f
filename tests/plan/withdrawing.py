"""Withdraws the first quote of an installation's plan: python -m tests.plan.withdrawing."""

import django
from django.conf import settings

django.setup()

from coproduction.jobs.models import Job  # noqa: E402
from engagements.services.withholding import withdraw_comment  # noqa: E402
from plan.models import Edition  # noqa: E402
from plan.queries.edition import snapshot_of_edition  # noqa: E402
from themes.models import Quote  # noqa: E402

if __name__ == "__main__":
    quote = snapshot_of_edition(Edition.objects.get()).quotes_named[0]
    withdraw_comment(comment=Quote.objects.get(uuid=quote).comment, by=None)
    print(Job.objects.filter(task=settings.FOLLOW_UP_TASK).latest("pk").uuid)
