"""Changes to the questions a project asks: word, add, change, move, close and remove them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from coproduction.fingerprints import fingerprint
from coproduction.languages.models import Translated
from coproduction.projects.audit import recorded
from coproduction.projects.models import AuditEntry, Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen, SentForm
from engagements.imports.columns import Columns
from engagements.imports.meanings import question_names
from engagements.models import (
    GIVEN,
    NO_QUESTION,
    BulkChange,
    BulkChangedComment,
    Comment,
    ImportBatch,
    Question,
    Survey,
    Symbol,
)
from engagements.models.question import LONGEST_CODE

# The entry of the trail that keeps a removed question's code.
REMOVED = "engagements.question_removed"

# What the import command calls a file's other columns, and our forms their other boxes: a question
# of that code could not be told from them. Boxes with "_" in their names need no mention: a code
# has none.
RESERVED = frozenset(
    (
        *("text", "question", "engagement", "date", "place", "method", "area", "age", "who"),
        *("quote", "language", "translation", "id", "theme", "code", "people", "helpers", "hours"),
        *("costs", "descriptor", "consent", "lines", "previewed", "drawn", "file", "q"),
        *("withheld", "weight", "home", "batch"),
        *("by", "channel", "coded", "sort", "since", "until"),
        *("writer", "seen", "theirs", "sending", "version"),
        *("csrfmiddlewaretoken", "page", "kept", "submissions", "title", "introduction", "slug"),
    )
)


class UnknownQuestion(Refusal):
    """Questions are named by the codes that the project has."""

    sentence = _("That is not one of the project's questions. The page of questions lists them.")


class TooManyQuestions(Refusal):
    """Each question has a colour and a shape of its own, and there are eight."""

    sentence = _(
        "A project can have eight questions, so that each has a colour and a shape of its own. "
        "Change one of them instead."
    )


class SymbolTaken(Refusal):
    """No two questions are drawn alike."""

    sentence = _("Another question has that colour and shape. Choose another.")


class SameWords(Refusal):
    """Nobody could tell the answers to two questions in the same words apart."""

    sentence = _("Another question has the same words. Change them.")


class LastQuestion(Refusal):
    """The only question that is asked was to be stopped."""

    sentence = _("This is the only question that is asked. Ask another before you stop this one.")


class AlwaysThere(Refusal):
    """One of the given three is to be removed."""

    sentence = _("Every project has this question, so it can't be removed. You can stop asking it.")


class HasAnswers(Refusal):
    """What people said under a question keeps it."""

    sentence = _(
        "People have answered this question, so it can't be removed. You can stop asking it."
    )


class SeenInSurvey(Refusal):
    """A page that was opened while a survey ran may be sent long after."""

    sentence = _(
        "A survey has been open since this question was added, and somebody may still answer it. "
        "It can't be removed. You can stop asking it."
    )


def usual_wordings(project: Project) -> dict[str, dict[str, str]]:
    """Return how each given question is usually put, in the project's languages."""
    return {
        kind: {
            language: entry["text"] or ""
            for language, entry in Translated.of_catalogue(
                given.wording, project.languages
            ).entries.items()
        }
        for kind, given in GIVEN.items()
    }


def set_questions(
    *, project: Project, wordings: Mapping[str, Mapping[str, str]], by: User
) -> list[Question]:
    """Set how questions are put, by kind; those given ones that are not yet there are added.

    Answers stay with their question: a new wording is the same question. Raises UnknownQuestion,
    and ValidationError for a question without words.
    """
    with recorded(project=project, by=by) as ledger:
        existing = {question.kind: question for question in Question.objects.of(project)}
        if unknown := set(wordings) - set(existing) - set(GIVEN):
            raise UnknownQuestion from KeyError(*unknown)
        changed: list[Question] = []
        for kind, texts in wordings.items():
            question = existing.get(kind) or _given(project, kind)
            wording = question.wording.changed(texts)
            if question.pk and wording == question.wording:
                continue
            question.wording = wording
            question.full_clean()
            question.save()
            changed.append(question)
        if changed:
            ledger.record(
                "engagements.questions_set",
                subject=project,
                now={question.kind: sorted(question.wording.entries) for question in changed},
            )
    return list(Question.objects.of(project))


def _given(project: Project, kind: str) -> Question:
    """Make one of the given questions, not yet saved and still without words."""
    return Question(
        project=project,
        kind=kind,
        symbol=GIVEN[kind].symbol,
        is_asked=kind != NO_QUESTION,
        position=list(GIVEN).index(kind),
    )


def ensure_questions(*, project: Project, by: User) -> dict[str, Question]:
    """Return every question by kind, adding given ones not there yet in their usual wording."""
    there = {question.kind: question for question in Question.objects.of(project)}
    if missing := [kind for kind in GIVEN if kind not in there]:
        usual = usual_wordings(project)
        made = set_questions(project=project, wordings={k: usual[k] for k in missing}, by=by)
        there = {question.kind: question for question in made}
    return there


def add_question(
    *,
    project: Project,
    name: Mapping[str, str],
    wording: Mapping[str, str],
    by: User,
    symbol: str = "",
    sending: SentForm | None = None,
) -> Question:
    """Ask one more question, after the others; without ``symbol`` it takes the first one free.

    By one ``sending`` of a form, once. Its code is made of its name, never changes, and is no
    other's even once it is removed. Raises TooManyQuestions, SymbolTaken, SameWords, MadeAlready,
    and ValidationError where a name or words are missing.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Question)) is not None:
            return made
        others = list(ensure_questions(project=project, by=by).values())
        if not (free := free_symbols(others)):
            raise TooManyQuestions
        question = Question(
            project=project,
            name=Translated().changed(name),
            wording=Translated().changed(wording),
            symbol=symbol or free[0],
        )
        taken = {each.kind for each in others} | _removed_codes(project)
        question.kind = _code_of(question.label, taken)
        _check(question, others)
        question.save()
        asked = [each for each in others if each.kind != NO_QUESTION]
        _number([*asked, question, *(each for each in others if each not in asked)])
        ledger.record(
            "engagements.question_added", subject=question, now=_facts(question), sending=sending
        )
    return question


def change_question(
    *,
    question: Question,
    name: Mapping[str, str],
    wording: Mapping[str, str],
    symbol: str,
    by: User,
    seen: Seen | None = None,
) -> Question:
    """Call a question something else, put it differently, or draw it differently.

    It stays the same question: its answers and its code stay. What a given one is called may be
    left empty, and is then the given name. Raises SymbolTaken, SameWords, ChangedMeanwhile,
    ValidationError.
    """
    with recorded(project=question.project, by=by) as ledger:
        was = _facts(ledger.refresh(question))
        ledger.change(question, seen=seen, name=name, wording=wording, symbol=symbol)
        _check(question, Question.objects.of(question.project).exclude(pk=question.pk))
        question.save()
        if (now := _facts(question)) != was:
            ledger.record("engagements.question_changed", subject=question, was=was, now=now)
    return question


def move_question(*, question: Question, by: User, up: bool) -> None:
    """Ask a question one place earlier or later, where there is one; "anything else" stays last."""
    with recorded(project=question.project, by=by) as ledger:
        rows = list(Question.objects.of(question.project).exclude(kind=NO_QUESTION))
        if question not in rows:
            return
        at = rows.index(question)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        _number(rows)
        ledger.record(
            "engagements.question_moved", subject=question, was={"place": at}, now={"place": to}
        )


def _number(questions: Sequence[Question]) -> None:
    """Ask these questions in this order."""
    for position, question in enumerate(questions):
        question.position = position
    Question.objects.bulk_update(questions, ["position"])


def close_question(*, question: Question, by: User) -> None:
    """Stop asking a question: it takes no new answers, and keeps those it has.

    Raises LastQuestion.
    """
    with recorded(project=question.project, by=by) as ledger:
        if not ledger.refresh(question).is_asked:
            return
        if not Question.objects.of(question.project).asked().exclude(pk=question.pk).exists():
            raise LastQuestion
        question.is_asked = False
        question.save(update_fields=["is_asked"])
        ledger.record("engagements.question_closed", subject=question)


def reopen_question(*, question: Question, by: User, version: int | None = None) -> None:
    """Ask a question again. ``version`` is the one that the page showed. Raises ChangedSince."""
    with recorded(project=question.project, by=by) as ledger:
        ledger.refresh(question, version=version)
        if not question.is_asked and question.kind != NO_QUESTION:
            question.is_asked = True
            question.save(update_fields=["is_asked"])
            ledger.record("engagements.question_reopened", subject=question)


def remove_question(*, question: Question, by: User) -> Question:
    """Take away a question that nobody answered or saw in a survey, and return it as it was.

    Raises AlwaysThere, LastQuestion, HasAnswers, SeenInSurvey.
    """
    with recorded(project=question.project, by=by) as ledger:
        ledger.refresh(question)
        check_removal(question=question)
        ledger.record(REMOVED, subject=question, was=_facts(question))
        question.delete()
    return question


def check_removal(*, question: Question) -> None:
    """Raise AlwaysThere, LastQuestion, HasAnswers or SeenInSurvey where a question has to stay."""
    if question.is_given:
        raise AlwaysThere
    # Also what was withdrawn, what a file not yet read will bring, and where a change to many can
    # be undone.
    answered = Comment.objects.filter(Q(question=question) | Q(first_question=question))
    if answered.exists() or _is_in_a_file(question) or _is_in_a_bulk_change(question):
        raise HasAnswers
    others = Question.objects.of(question.project).asked().exclude(pk=question.pk)
    if question.is_asked and not others.exists():
        raise LastQuestion
    surveys = Survey.objects.of(question.project)
    if surveys.open_since(question.created_at).exists():
        raise SeenInSurvey


def _is_in_a_bulk_change(question: Question) -> bool:
    """Say whether comments were put under a question, or away from it, with many others."""
    if BulkChange.objects.filter(question=question).exists():
        return True
    return BulkChangedComment.objects.filter(was_question=question).exists()


def free_symbols(questions: Iterable[Question]) -> list[str]:
    """Return the colours and shapes that none of these questions has, in the palette's order."""
    taken = {question.symbol for question in questions} | {Symbol.SLATE_BUBBLE}
    return [symbol for symbol in Symbol.values if symbol not in taken]


def _code_of(name: Translated, taken: set[str]) -> str:
    """Make a code of a question's name, numbered where another has it or it means something.

    It has no "_", which is for the names of our own boxes.
    """
    source = name.text(name.source) if name.source else ""
    code = slugify(source.replace("_", " "))[: LONGEST_CODE - 3].strip("-") or "question"
    numbered = (code if number == 1 else f"{code}-{number}" for number in count(1))
    return next(each for each in numbered if each not in taken | RESERVED)


def _removed_codes(project: Project) -> set[str]:
    """Return the codes of removed questions: what is kept elsewhere may still name them."""
    removed = AuditEntry.objects.filter(project=project, verb=REMOVED)
    return set(removed.values_list("was__code", flat=True))


def _check(question: Question, others: Iterable[Question]) -> None:
    """Raise what stands against keeping a question as it is."""
    others = list(others)
    question.full_clean(validate_constraints=False)
    if not question.label:
        raise ValidationError({"name": Question._meta.get_field("name").error_messages["blank"]})
    if question.symbol in {each.symbol for each in others}:
        raise SymbolTaken
    if set(question_names([question])) & set(question_names(others)):
        raise SameWords


def _facts(question: Question) -> dict[str, str]:
    """Return what the trail keeps of a question: what it is called and asks by fingerprint only."""
    return {
        "code": question.kind,
        "name": fingerprint(repr(question.name.entries)),
        "wording": fingerprint(repr(question.wording.entries)),
        "symbol": question.symbol,
    }


def _is_in_a_file(question: Question) -> bool:
    """Whether an import names it, as the question of a file or of one of its columns."""
    batches = ImportBatch.objects.of(question.project)
    if batches.filter(question=question).exists():
        return True
    mappings = batches.values_list("mapping", flat=True)
    return any(question.kind in Columns.from_json(mapping).kinds for mapping in mappings)
