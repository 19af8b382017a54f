"""Every figure of a project counted by hand: one record after the other, without any query module.

Whoever reads this sees what each figure means.
"""

from collections import Counter

from django.utils import timezone

from coproduction.projects.models import Project
from engagements.models import Comment, Engagement, Submission, Survey
from steering.models import Commitment, Decision, Meeting, Response, Round, Seat
from tests.overview.sweep.figures import Counts, Figure
from themes.models import Coding, Theme
from workshops.models import Action, Attendee, Evidence, Note, Wording, Workshop


def said_by_hand(project: Project) -> Counts:
    """Count what was said, whatever became of it: what the public is told counts so."""
    return counted_by_hand(project, _undone(project))


def counted_by_hand(project: Project, left_out: set[int] | None = None) -> Counts:
    """Count everything there is to count in a project; what there is none of is left out.

    ``left_out`` are the comments that count nowhere: unless said, those withheld.
    """
    withheld = _withheld(project) if left_out is None else left_out
    comments = [each for each in Comment.objects.filter(project=project) if each.pk not in withheld]
    held = [
        each
        for each in Engagement.objects.filter(project=project)
        if each.status == "held" or any(said.engagement_id == each.pk for said in comments)
    ]
    found: Counter[Figure] = Counter()
    taking = {each.engagement_id for each in Survey.objects.filter(project=project) if each.is_open}
    for each in Engagement.objects.filter(project=project):
        found["people", str(each.uuid)] = each.people_heard
        is_due = each.status == "planned" and each.date <= timezone.localdate()
        found["engagements to log",] += is_due and each.pk not in taking
    for submission in Submission.objects.filter(project=project, survey__isnull=False):
        said = any(each.submission_id == submission.pk for each in comments)
        found["answers", str(submission.survey.uuid)] += said
    found["engagements",] = len(held)
    found["people",] = sum(each.people_heard for each in held)
    found["comments",] = len(comments)
    for comment in comments:
        found["comments", str(comment.engagement.uuid)] += 1
        found["comments", comment.question.kind] += 1
        themes = _themes(comment)
        found["coded",] += bool(themes)
        found["comments to code",] += not themes
        for theme in themes:
            found["comments", str(theme.uuid)] += 1
            found["comments", str(theme.uuid), comment.question.kind] += 1
    for theme in Theme.objects.filter(project=project):
        if theme.merged_into_id is None:
            found[("codes" if theme.kind == "code" else "themes"),] += 1
    return +found + _workshops(project) + _decisions(project)


def _withheld(project: Project) -> set[int]:
    """Find the comments that somebody took back, is worried about, or undid, or are on hold."""
    return {
        comment.pk
        for comment in Comment.objects.filter(project=project)
        if comment.submission.undone_at
        or comment.submission.on_hold
        or any(each.lifted_at is None for each in comment.withdrawals.all())
        or any(each.outcome != "restored" for each in comment.concerns.all())
    }


def _undone(project: Project) -> set[int]:
    """Find the comments that were never said: their entry was undone, or is on hold."""
    return {
        comment.pk
        for comment in Comment.objects.filter(project=project)
        if comment.submission.undone_at or comment.submission.on_hold
    }


def _themes(comment: Comment) -> set[Theme]:
    """Find the codes a comment carries, and their themes, where they were merged to."""
    themes = set()
    for coding in Coding.objects.filter(comment=comment):
        theme: Theme | None = coding.theme
        while theme is not None:
            while theme.merged_into is not None:
                theme = theme.merged_into
            themes.add(theme)
            theme = theme.parent
    return themes


def _workshops(project: Project) -> Counter[Figure]:
    """Count the workshops held, who came to each, and what was written."""
    found: Counter[Figure] = Counter()
    for workshop in Workshop.objects.filter(project=project, called_off_at=None):
        is_held = workshop.date <= timezone.localdate()
        found["workshops",] += 1
        found["workshops held",] += is_held
        for attendee in Attendee.objects.filter(workshop=workshop):
            found[f"{attendee.kind}s", str(workshop.uuid)] += 1
            found[f"{attendee.kind}s",] += is_held
        for note in Note.objects.filter(workshop=workshop):
            found["notes", str(workshop.uuid)] += note.undone_at is None
    withheld = _withheld(project)
    for action in Action.objects.filter(project=project, withdrawn_at=None):
        found["actions written",] += 1
        if action.workshop:
            found["actions written", str(action.workshop.uuid)] += 1
        newest = max(Wording.objects.filter(action=action), key=lambda wording: wording.number)
        if newest.lead:
            found["actions led", str(newest.lead.uuid)] += 1
        for evidence in Evidence.objects.filter(action=action):
            is_out_of_sight = evidence.note is not None and evidence.note.undone_at is not None
            if evidence.comment_id not in withheld and not is_out_of_sight:
                found["evidence", str(action.number)] += 1
    return found


def _decisions(project: Project) -> Counter[Figure]:
    """Count who sits on the group, when it met, and what it made of each action."""
    found: Counter[Figure] = Counter()
    today = timezone.localdate()
    for seat in Seat.objects.filter(project=project):
        if seat.seated_on <= today and (seat.left_on is None or seat.left_on > today):
            found["seats",] += 1
            found["seats", seat.sector] += 1
    for meeting in Meeting.objects.filter(project=project):
        found["meetings",] += meeting.date <= today and meeting.called_off_at is None
    for action in Action.objects.filter(project=project):
        agreed, last = None, None
        for wording in sorted(Wording.objects.filter(action=action), key=lambda one: one.number):
            last = None
            for round in Round.objects.filter(wording=wording).order_by("pk"):
                decision = Decision.objects.filter(round=round).first()
                found["undecided",] += decision is None
                if decision:
                    last = decision
                    found["decisions",] += 1
                    found["decisions", decision.outcome] += 1
            if last and last.outcome == "agreed":
                agreed = last
        number = str(action.number)
        if agreed:
            found["agreed",] += 1
            found["committed",] += Commitment.objects.filter(wording=agreed.round.wording).exists()
            answers = {
                each.seat_id: each.answer
                for each in Response.objects.filter(round=agreed.round).order_by("pk")
            }
            found["seats", number] = agreed.round.electorate.count()
            found["agreeing", number] = sum(
                answer in {"agree", "reservation"} for answer in answers.values()
            )
        elif last and last.outcome == "not_taken_forward":
            found["not taken forward",] += 1
    return found


def comments_behind(project: Project) -> dict[str, int]:
    """Count by hand the comments that each action was decided on, by its number."""
    undone = _undone(project)
    found: dict[str, int] = {}
    for action in Action.objects.filter(project=project):
        evidence = Evidence.objects.filter(action=action, comment__isnull=False)
        comments = {each.comment_id for each in evidence}
        rounds = Round.objects.filter(wording__action=action, decision__isnull=False)
        decided = rounds.order_by("pk").last()
        if decided and decided.decision.outcome != "sent_back":
            comments = {key for kind, key, _digest in decided.evidence if kind == "comment"}
        found[str(action.number)] = len(comments - undone)
    return found
