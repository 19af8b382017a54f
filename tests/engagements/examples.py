"""One of each object of engagements, and what its addresses take."""

import datetime
from io import BytesIO
from typing import Any

from coproduction.projects.models import AuditHead
from engagements.imports.columns import Columns
from engagements.models import Comment, Engagement, Method
from engagements.services.bulk_change import CommentsShown, NewValue, change_comments
from engagements.services.engagement import plan_engagement
from engagements.services.hold import Origin
from engagements.services.hold_decision import HoldsShown, decide_holds
from engagements.services.hold_rules import watch_network
from engagements.services.import_batch import map_import, run_import, start_import
from engagements.services.question import ensure_questions
from engagements.services.submission import CommentDraft, add_submission
from engagements.services.survey import answer_survey, open_survey
from engagements.services.withholding import raise_concern


def make(world: Any) -> dict[str, dict[str, Any]]:
    """Make one of each through the services; return {URL name: what it takes}."""
    by = world.coordinator
    engagement = plan_engagement(
        project=world.project,
        title=f"Fun day at {world.key}",
        method=Method.EVENT,
        date=datetime.date(2023, 9, 16),
        place="The park",
        purpose="To hear what people have and need.",
        status=Engagement.Status.HELD,
        people_heard=3,
        by=by,
    )
    questions = ensure_questions(project=world.project, by=by)
    submission = add_submission(
        engagement=engagement,
        comments=[
            CommentDraft(questions["asset"], "The park is where everybody meets."),
            CommentDraft(questions["need"], "Swings that are not broken."),
        ],
        descriptor="A parent",
        quote_consent=True,
        by=by,
    )
    comment, worrying = submission.comments.order_by("position")
    survey = open_survey(
        project=world.project,
        engagement=engagement,
        slug=f"your-park-{world.key}",
        title={"en": "Your park", "cy": "Eich parc"},
        introduction={"en": "Tell us about the park.", "cy": "Dywedwch wrthym am y parc."},
        by=by,
    )
    answer = answer_survey(survey=survey, answers={"need": "A warm room."}, language="en")
    held = answer_survey(
        survey=survey,
        answers={"need": "A bus that comes."},
        language="en",
        origin=Origin(world.key, is_crowded=True),
    ).hold
    watched = watch_network(hold=held, by=by)
    aside = answer_survey(
        survey=survey,
        answers={"need": "A tram that comes."},
        language="en",
        origin=Origin(world.key, is_crowded=True),
    ).hold
    shown = HoldsShown(number=1, last_hold=aside.pk, last_decision=0, ticked=[aside.uuid])
    decided = decide_holds(project=world.project, shown=shown, outcome="set_aside", by=by)
    batch = start_import(
        engagement=engagement,
        file=BytesIO(b"comment,about\nMore benches,need\nA clean river,asset\n"),
        name="notes.csv",
        by=by,
    )
    refused = start_import(
        engagement=engagement,
        file=BytesIO(b"words,topic\nMore trees,need\nA pond,nonsense\n"),
        name="more.csv",
        by=by,
    )
    columns = Columns(texts=(("words", ""),), fields={"question": "topic"})
    map_import(batch=refused, columns=columns, by=by, in_background=False)
    run_import(batch=refused)
    concern = raise_concern(comment=worrying, by=by)
    changed = change_comments(
        project=world.project,
        shown=CommentsShown(
            entry=AuditHead.objects.get(project=world.project).number,
            newest=comment.pk,
            ticked=[comment.pk],
        ),
        to=NewValue(kind="descriptor", descriptor="A mother"),
        by=by,
    )
    world.things |= {
        "engagement": engagement,
        "survey": survey,
        "submission": submission,
        "comment": comment,
        "question": questions["asset"],
        "batch": batch,
        "concern": concern,
    }
    at_engagement = [
        *("engagement", "engagement_change", "engagement_log", "engagement_cancel"),
        *("engagement_revive", "submission_type", "submission_paste", "submissions_undo"),
        *("import_start", "engagement_slips", "engagement_call_off"),
        *("sitting_type", "sitting_undo", "entry_list"),
    ]
    takes: list[tuple[list[str], dict[str, Any]]] = [
        (at_engagement, {"uuid": engagement.uuid}),
        (
            [
                "import_layout",
                "import_map",
                "import_figures",
                "import_page",
                "import_settle",
                "import_undo",
                "import_refused",
                "import_again",
            ],
            {"uuid": batch.uuid},
        ),
        (["import_mend", "import_have_back"], {"uuid": refused.uuid}),
        (["hold_group"], {"uuid": held.group}),
        (["network_watch"], {"uuid": held.uuid}),
        (["network_watch_end"], {"uuid": watched.uuid}),
        (["run_undo"], {"uuid": engagement.uuid, "run": submission.run}),
        (["bulk_change", "bulk_change_undo"], {"uuid": changed.uuid}),
        (["hold_undo"], {"uuid": decided.decision.uuid}),
        (["survey_change", "survey_close"], {"uuid": survey.uuid}),
        (
            [
                *("question_change", "question_move", "question_close", "question_reopen"),
                "question_remove",
            ],
            {"uuid": questions["asset"].uuid},
        ),
        (["survey"], {"survey": survey.slug}),
        (["survey_thanks"], {"survey": survey.slug, "receipt": answer.receipt}),
        (
            [
                *("comment", "comment_withdraw", "comment_restore", "comment_redact"),
                *("comment_unredact", "comment_correct", "concern_raise", "comment_erase"),
                *("comment_mend", "comment_typo", "entry_worry"),
                *("hints_take_out", "hints_let_be"),
            ],
            _place(comment),
        ),
        (["concern_resolve", "concern_resend", "concern_twins"], _place(worrying)),
    ]
    return {f"engagements:{name}": given for names, given in takes for name in names}


def _place(comment: Comment) -> dict[str, Any]:
    """Return how an address names a comment: its submission, and its place in it."""
    return {"uuid": comment.submission.uuid, "position": str(comment.position)}
