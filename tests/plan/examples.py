"""One of each object of plan, and what its addresses take."""

from typing import Any

from coproduction.projects.audit import recorded
from engagements.models import Comment
from engagements.services.erasure import erase_comment
from engagements.services.submission import CommentDraft, add_submission
from plan.edition.format import write
from plan.models import Edition
from plan.queries.freezing import snapshot_of
from plan.queries.masking import mask_of
from plan.queries.renderings import rendering_key
from plan.services.rendering import put_in_place, request_missing
from plan.services.section import write_section


def _erased_comment(world: Any) -> Comment:
    """Say something in a sitting of its own, and have it erased for good."""
    about = Comment.objects.of(world.project).order_by("pk")[0]
    kept = add_submission(
        engagement=about.engagement,
        comments=[CommentDraft(about.question, "A slide that is not rusty.")],
        by=world.coordinator,
    )
    comment = kept.comments.get()
    erase_comment(comment=comment, by=world.coordinator)
    return comment


def make(world: Any) -> dict[str, dict[str, Any]]:
    """Make one of each; return {URL name: what it takes}.

    The edition is kept as it is made, not published: the other stages leave things undecided, which
    the gate is there to refuse.
    """
    project = world.project
    section = write_section(
        project=project,
        kind="foreword",
        body={"en": f"We met in {world.key}.", "cy": f"Cwrddon ni yn {world.key}."},
        by=world.editor,
    )
    edition = Edition.objects.create(
        project=project,
        number=1,
        title=project.name.changed({"en": f"Plan of {world.key}", "cy": f"Cynllun {world.key}"}),
        snapshot=write(snapshot_of(project)),
        by=world.editor,
    )
    with recorded(project=project, by=world.editor) as ledger:
        renderings = request_missing(ledger=ledger, edition=edition)
        Edition.objects.filter(pk=edition.pk).update(head=ledger.give_out_head())
    assert put_in_place(
        rendering=renderings[0],
        content=b"%PDF-1.7\n%%EOF\n",
        pages=1,
        key=rendering_key(edition, mask_of(edition)),
        confirm=lambda: None,
    )
    world.things |= {"section": section, "edition": edition, "rendering": renderings[0]}
    erased = _erased_comment(world)
    submission = world.things.get("submission") or world.things["quote"].comment.submission
    return {
        "plan:action": {"number": edition.snapshot["actions"][0]["number"]},
        "plan:event": {"uuid": edition.snapshot["engagements"][0]["uuid"]},
        "plan:workshop": {"uuid": edition.snapshot["workshops"][0]["uuid"]},
        "plan:theme": {"uuid": edition.snapshot["themes"][0]["uuid"]},
        "plan:follow_receipt": {"receipt": submission.receipt},
        "plan:receipt_data": {"receipt": submission.receipt},
        "plan:receipt_erase": {"receipt": submission.receipt},
        "plan:receipt_withdraw": {"receipt": submission.receipt},
        "plan:erasure": {"uuid": erased.submission.uuid, "position": str(erased.position)},
        "plan:action_in_plan": {"uuid": world.things["action"].uuid},
    }
