"""What a person does about what the look has marked: takes it out, or lets it be."""

import pytest

from coproduction.projects.models import AuditEntry, Project, User
from coproduction.projects.seen import ChangedSince
from engagements.models import Comment, Hint, Look
from engagements.services.hint import NothingMarked, let_hints_be, take_hints_out
from engagements.services.typo import put_typo_right
from tests.themes.comments import make_comments

pytestmark = pytest.mark.django_db
NAMED = "Ask Mrs Price, or ring 01639 871234."


def test_everything_marked_is_taken_out_by_the_door_for_privacy(
    project: Project, coordinator: User
) -> None:
    (comment,) = make_comments(
        project, NAMED, descriptor="Dr Rees", translation={"cy": "Holwch Mrs Price."}, consent=True
    )
    redaction = take_hints_out(comment=comment, by=coordinator)
    comment.refresh_from_db()
    assert comment.text == "Ask […], or ring […]."
    assert comment.translation.text("cy") == "Holwch […]."
    assert comment.submission.descriptor == "[…]"
    assert (redaction.original, redaction.is_typo) == (NAMED, False)
    assert redaction.original_descriptor == "Dr Rees"
    assert comment.look == Look.DONE
    assert list(Comment.objects.of(project).publishable()) == [comment]


def test_what_is_not_ticked_stays(project: Project, coordinator: User) -> None:
    (comment,) = make_comments(project, NAMED)
    phone = comment.hints.get(kind=Hint.Kind.PHONE)
    take_hints_out(comment=comment, hints=[phone.pk], by=coordinator)
    comment.refresh_from_db()
    assert comment.text == "Ask Mrs Price, or ring […]."
    assert comment.look == Look.DONE
    assert not comment.hints.exists()


def test_what_is_fine_stays_as_it_is(project: Project, coordinator: User) -> None:
    (comment,) = make_comments(project, NAMED, consent=True)
    assert let_hints_be(comment=comment, by=coordinator) == 2
    comment.refresh_from_db()
    assert (comment.text, comment.look) == (NAMED, Look.DONE)
    assert Comment.objects.of(project).publishable().exists()
    entry = AuditEntry.objects.get(verb="engagements.hints_let_be")
    assert entry.was == {"hints": 2, "kinds": ["name", "phone"]}


def test_it_is_decided_once(project: Project, coordinator: User) -> None:
    (comment,) = make_comments(project, NAMED)
    let_hints_be(comment=comment, by=coordinator)
    with pytest.raises(NothingMarked):
        let_hints_be(comment=comment, by=coordinator)
    with pytest.raises(NothingMarked):
        take_hints_out(comment=comment, by=coordinator)
    (other,) = make_comments(project, "Ask Dr Rees.")
    with pytest.raises(NothingMarked):
        take_hints_out(comment=other, hints=[], by=coordinator)


def test_words_changed_since_the_page_was_drawn_are_not_decided_about_unseen(
    project: Project, coordinator: User
) -> None:
    (comment,) = make_comments(project, NAMED)
    shown = comment.version
    put_typo_right(comment=comment, text=f"Please: {NAMED}", by=coordinator)
    with pytest.raises(ChangedSince):
        let_hints_be(comment=comment, version=shown, by=coordinator)
    with pytest.raises(ChangedSince):
        take_hints_out(comment=comment, version=shown, by=coordinator)
    assert Comment.objects.get(pk=comment.pk).look == Look.MARKED


def test_a_mark_that_the_page_did_not_show_is_not_settled_by_it(
    project: Project, coordinator: User
) -> None:
    (comment,) = make_comments(project, NAMED, consent=True)
    shown = list(comment.hints.values_list("pk", flat=True))
    Hint.objects.create(comment=comment, kind=Hint.Kind.NAME, place=Hint.SPEAKER, start=0, length=4)
    with pytest.raises(ChangedSince):
        let_hints_be(comment=comment, shown=shown, by=coordinator)
    assert not Comment.objects.of(project).publishable().exists()
