"""Changes to actions and to what they promise."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from coproduction.languages.models import Translated
from coproduction.projects.audit import Ledger, recorded
from coproduction.projects.models import Organisation, Project, User
from coproduction.projects.refusals import Refusal
from coproduction.projects.seen import Seen, SentForm
from themes.models import Theme
from workshops.models import TEXTS, Action, Retranslation, Wording, Workshop
from workshops.services.same_project import require_theme, require_within
from workshops.services.workshop import standing_workshop


class NumberTaken(Refusal):
    """An action's number is its own for good."""

    sentence = _("Another action has that number already. Choose another number.")


class NothingChanged(Refusal):
    """A wording equal to the one before it says nothing."""

    sentence = _("Nothing is different from the last wording, so nothing was saved.")


class NotATranslation(Refusal):
    """The language a wording was first written in is what was promised."""

    sentence = _("A translation can't change what is promised. Write a new wording instead.")


class LeadAlsoSupports(Refusal):
    """The lead partner was named as supporting too."""

    sentence = _("The lead partner is also among the supporting partners. Choose it once.")


class ActionWithdrawn(Refusal):
    """Nothing more is done to an action that was withdrawn."""

    sentence = _("This action was withdrawn, so nothing was saved. Write a new one instead.")


def standing_action(ledger: Ledger, action: Action) -> Action:
    """Read an action again, now that the project is locked. Raises ActionWithdrawn."""
    if ledger.refresh(action).withdrawn_at is not None:
        raise ActionWithdrawn
    return action


def propose_action(
    *,
    project: Project,
    theme: Theme,
    title: Mapping[str, str],
    text: Mapping[str, str],
    timescale: str,
    by: User,
    workshop: Workshop | None = None,
    lead: Organisation | None = None,
    supporting: Sequence[Organisation] = (),
    timescale_note: Mapping[str, str] | None = None,
    number: int | None = None,
    at: datetime | None = None,
    sending: SentForm | None = None,
) -> Action:
    """Propose an action on a theme, with its first wording and a number that is its own for good.

    One ``sending`` of a form proposes one. ``at`` is for records of the past; pages leave it out.
    Raises NotACurrentTheme, OtherProject, WorkshopCalledOff, NumberTaken, LeadAlsoSupports,
    MadeAlready and ValidationError.
    """
    with recorded(project=project, by=by) as ledger:
        if (made := ledger.made_before(sending, Action)) is not None:
            return made
        require_theme(project, theme)
        require_within(project, workshop)
        if workshop is not None:
            standing_workshop(ledger, workshop)
        number = _number_for(project, number)
        action = Action(project=project, number=number, theme=theme, workshop=workshop)
        action.full_clean()
        action.save()
        wording = _save_wording(
            Wording(action=action, number=1, by=by, created_at=at or ledger.at),
            texts={"title": title, "text": text, "timescale_note": timescale_note or {}},
            lead=lead,
            supporting=supporting,
            timescale=timescale,
        )
        ledger.record(
            "workshops.action_proposed",
            subject=action,
            now={"number": number, "theme": theme.uuid, **_audited(wording)},
            sending=sending,
            attests=[wording],
        )
    return action


def _number_for(project: Project, wanted: int | None) -> int:
    """Return the number that was wanted, else the next. Raises NumberTaken.

    The chain's end is locked: nobody else is counting at the same time.
    """
    taken = Action.objects.of(project)
    if wanted is None:
        last: int = taken.aggregate(last=Max("number"))["last"] or 0
        return last + 1
    if taken.filter(number=wanted).exists():
        raise NumberTaken
    return wanted


def reword_action(
    *,
    action: Action,
    title: Mapping[str, str],
    text: Mapping[str, str],
    lead: Organisation | None,
    supporting: Sequence[Organisation],
    timescale: str,
    timescale_note: Mapping[str, str],
    by: User,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> Wording:
    """Promise something else: a new wording, and the old one stays as it was.

    Where only a translation is different, the same wording is translated in place. A wording is one
    thing that the group decides on, so it is taken whole: it is never made of what two people wrote
    apart. ``at`` is for records of the past. Raises ActionWithdrawn, NothingChanged,
    ChangedMeanwhile, OtherProject, LeadAlsoSupports and ValidationError.
    """
    with recorded(project=action.project, by=by) as ledger:
        standing_action(ledger, action)
        last = action.wordings.latest("number")
        promise: dict[str, Any] = {"title": title, "text": text, "timescale_note": timescale_note}
        promise |= {"lead": lead, "supporting": supporting, "timescale": timescale}
        now = {name: getattr(last, name) for name in promise}
        promise = ledger.merged(action, seen=seen, now=now, together=[promise], **promise)
        texts: dict[str, Any] = {name: promise.pop(name) for name in TEXTS}
        lead, supporting = promise["lead"], list(promise["supporting"])
        timescale = promise["timescale"]
        if last.timescale == timescale and not (
            _changes_partners(last, lead, supporting) or _changes_promise(last, texts)
        ):
            return translate_wording(wording=last, by=by, **texts)
        wording = _save_wording(
            Wording(
                action=action,
                number=last.number + 1,
                by=by,
                created_at=at or ledger.at,
                **{name: getattr(last, name) for name in TEXTS},
            ),
            texts=texts,
            lead=lead,
            supporting=supporting,
            timescale=timescale,
        )
        _record_rewording(ledger, last, wording)
    return wording


def _record_rewording(ledger: Ledger, last: Wording, wording: Wording) -> None:
    """Write the entry for an action's next wording."""
    ledger.record(
        "workshops.action_reworded",
        subject=wording.action,
        was=_audited(last),
        now=_audited(wording),
        attests=[wording],
    )


def _changes_partners(
    wording: Wording, lead: Organisation | None, supporting: Sequence[Organisation]
) -> bool:
    """Say whether others than a wording names are to do it."""
    there = {found.pk for found in wording.supporting.all()}
    return wording.lead_id != (lead.pk if lead else None) or there != {
        body.pk for body in supporting
    }


def move_action(
    *,
    action: Action,
    theme: Theme,
    workshop: Workshop | None,
    by: User,
    seen: Seen | None = None,
) -> Action:
    """Put an action under another theme, or another workshop; what it promises stays.

    Raises ActionWithdrawn, WorkshopCalledOff, NotACurrentTheme, OtherProject and ChangedMeanwhile.
    """
    with recorded(project=action.project, by=by) as ledger:
        standing_action(ledger, action)
        before, held_at, was = action.theme_id, action.workshop_id, _place_of(action)
        ledger.change(action, seen=seen, theme=theme, workshop=workshop)
        if action.theme_id != before:
            require_theme(action.project, action.theme)
        require_within(action.project, action.workshop)
        if action.workshop is not None and action.workshop_id != held_at:
            standing_workshop(ledger, action.workshop)
        action.full_clean()
        action.save(update_fields=["theme", "workshop"])
        ledger.record("workshops.action_moved", subject=action, was=was, now=_place_of(action))
    return action


def translate_wording(
    *,
    wording: Wording,
    by: User,
    title: Mapping[str, str] | None = None,
    text: Mapping[str, str] | None = None,
    timescale_note: Mapping[str, str] | None = None,
    seen: Seen | None = None,
) -> Wording:
    """Say the same in another language: the same wording, kept in place.

    Nobody can check that it *is* the same but a reader of both, so what it said before is kept,
    with who changed it and when. Raises NotATranslation when what was first written would change,
    ActionWithdrawn, NothingChanged and ChangedMeanwhile.
    """
    texts = {"title": title or {}, "text": text or {}, "timescale_note": timescale_note or {}}
    with recorded(project=wording.project, by=by) as ledger:
        wording = Wording.objects.get(pk=wording.pk)
        standing_action(ledger, wording.action)
        before = {name: getattr(wording, name) for name in TEXTS}
        texts = ledger.merged(wording, seen=seen, now=before, **texts)
        if _changes_promise(wording, texts):
            raise NotATranslation
        after = {name: value.changed(texts[name]) for name, value in before.items()}
        changes = _retranslations(wording, before, after, by)
        if not changes:
            raise NothingChanged
        for name, value in after.items():
            setattr(wording, name, value)
        wording.full_clean()
        wording.save(update_fields=TEXTS)
        Retranslation.objects.bulk_create(changes)
        ledger.record(
            "workshops.wording_translated",
            subject=wording,
            now={"wording": wording.number, "languages": [each.language for each in changes]},
        )
    return wording


def _changes_promise(wording: Wording, texts: Mapping[str, Mapping[str, str]]) -> bool:
    """Say whether these texts promise something else: not merely in another language."""
    for name in TEXTS:
        value: Translated = getattr(wording, name)
        if not value:
            if any(texts[name].values()):
                return True
        elif value.source and texts[name].get(value.source, value.text(value.source)) != value.text(
            value.source
        ):
            return True
    return False


def _retranslations(
    wording: Wording, before: Mapping[str, Translated], after: Mapping[str, Translated], by: User
) -> list[Retranslation]:
    """Return what is different in each language, the texts that changed as they were and are."""
    values = [*before.values(), *after.values()]
    languages = {language for value in values for language in value.entries}
    found = []
    for language in sorted(languages):
        was = {name: before[name].text(language) for name in TEXTS}
        now = {name: after[name].text(language) for name in TEXTS}
        changed = [name for name in TEXTS if was[name] != now[name]]
        if changed:
            found.append(
                Retranslation(
                    wording=wording,
                    language=language,
                    was={name: was[name] for name in changed},
                    now={name: now[name] for name in changed},
                    by=by,
                )
            )
    return found


def _save_wording(
    wording: Wording,
    *,
    texts: Mapping[str, Mapping[str, str]],
    lead: Organisation | None,
    supporting: Sequence[Organisation],
    timescale: str,
) -> Wording:
    """Fill in a new wording, check it and save it."""
    project = wording.action.project
    require_within(project, lead, *supporting)
    if lead is not None and any(body.pk == lead.pk for body in supporting):
        raise LeadAlsoSupports
    wording.project, wording.lead, wording.timescale = project, lead, timescale
    wording.partner_names = {
        str(body.uuid): body.name.entries for body in (lead, *supporting) if body is not None
    }
    for name in TEXTS:
        setattr(wording, name, getattr(wording, name).changed(texts[name]))
    wording.full_clean()
    wording.save()
    wording.supporting.set(supporting)
    return wording


def _audited(wording: Wording) -> dict[str, object]:
    """Return what the audit trail keeps of a wording: all of it but the words."""
    return {
        "wording": wording.number,
        "lead": wording.lead.uuid if wording.lead else None,
        "supporting": sorted(str(body.uuid) for body in wording.supporting.all()),
        "timescale": wording.timescale,
    }


def _place_of(action: Action) -> dict[str, object]:
    """Return where an action belongs: its theme and its workshop."""
    return {
        "theme": action.theme.uuid,
        "workshop": action.workshop.uuid if action.workshop else None,
    }
