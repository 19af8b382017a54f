"""The measure of coding: one comment at a time, in a project with no codings and with 20,000."""

from collections.abc import Iterator
from datetime import date

from django.test import Client

from bench.measures import file_of, signed_in
from bench.timing import Figure, p95, paired
from coproduction.projects.models import Project, Role, User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.project import create_project
from engagements.imports.columns import Columns
from engagements.models import Comment, Question
from engagements.services.engagement import plan_engagement
from engagements.services.import_batch import map_import, run_import, start_import
from engagements.services.question import set_questions
from themes.models import Coding, Theme
from themes.services.codebook import add_code, add_theme

CODINGS = 20_000
TIMES = 400
WARM = 20


def coding(analyst: User) -> Iterator[Figure]:
    """Code comments by the page's own requests, turn and turn about with a bare write.

    Twice in one project of 20,840 comments: with no codings, and with 20,000.
    """
    project, codes = _project(analyst)
    comments = iter(Comment.objects.of(project).order_by("pk").values_list("pk", flat=True))
    client = signed_in(analyst)
    first, first_bare = _turns(client, project, codes, comments)
    Coding.objects.filter(project=project).delete()
    _put_codings(project, codes, analyst)
    full, full_bare = _turns(client, project, codes, comments)
    for when, ours, bare in (("no codings", first, first_bare), ("20,000", full, full_bare)):
        yield Figure(f"code one comment, {when}, p95", ours, bare, ours / bare, 4)
    # Each against the bare writes of its own round: the machine may be busier in one of them.
    full, first = full / full_bare, first / first_bare
    yield Figure("the same, 20,000 codings to none", full, first, full / first, 1.2, unit="× ")


def _project(analyst: User) -> tuple[Project, list[Theme]]:
    """Make a project with 15 codes under 6 themes, and comments enough for both rounds."""
    project = create_project(slug="coding-bench", place="Bench", languages=["en"], by=analyst)
    add_member(project=project, user=analyst, role=Role.ANALYST, by=analyst)
    wordings = {kind: {"en": f"What {kind}?"} for kind in ("asset", "need", "change")}
    set_questions(project=project, wordings=wordings, by=analyst)
    engagement = plan_engagement(
        project=project, title="Bench", method="survey", date=date(2024, 1, 1), by=analyst
    )
    batch = start_import(
        engagement=engagement,
        file=file_of(CODINGS + 2 * (TIMES + WARM)),
        name="coding.csv",
        by=analyst,
    )
    columns = Columns(texts=(("comment", ""),), descriptor="who", consent="may quote")
    question = Question.objects.of(project).get(kind="need")
    batch = map_import(
        batch=batch, columns=columns, question=question, by=analyst, in_background=False
    )
    run_import(batch=batch)
    themes = [add_theme(project=project, name={"en": f"Theme {n}"}, by=analyst) for n in range(6)]
    codes = [
        add_code(project=project, parent=themes[n % 6], name={"en": f"Code {n}"}, by=analyst)
        for n in range(15)
    ]
    return project, codes


def _put_codings(project: Project, codes: list[Theme], analyst: User) -> None:
    """Code 20,000 comments at once, the last ones first: what is measured is one more."""
    last = Comment.objects.of(project).order_by("-pk")[:CODINGS]
    Coding.objects.bulk_create(
        (
            Coding(
                project=project,
                comment=comment,
                theme=codes[place % len(codes)],
                engagement_id=comment.engagement_id,
                question_id=comment.question_id,
                by=analyst,
            )
            for place, comment in enumerate(last)
        ),
        batch_size=1_000,
    )


def _turns(
    client: Client, project: Project, codes: list[Theme], comments: Iterator[int]
) -> tuple[float, float]:
    """Code so many comments, each with one or two codes; return our p95 and the bare write's."""
    url, turn = f"/{project.slug}/themes/coding/", iter(range(TIMES + WARM))

    def ours() -> None:
        at = next(turn)
        chosen = [str(codes[(at + n) % len(codes)].uuid) for n in range(1 + at % 2)]
        answer = client.post(
            url,
            {"comment": next(comments), "codes": chosen},
            headers={"accept": "application/json"},
        )
        if answer.status_code != 200:
            raise RuntimeError(f"Coding answered {answer.status_code}.")

    def bare() -> None:
        if client.post("/bare/write", {"subject": 1, "kind": 2}).status_code != 204:
            raise RuntimeError("The baseline did not write.")

    mine, theirs = paired(ours, bare, times=TIMES, warm=WARM)
    return p95(mine), p95(theirs)
