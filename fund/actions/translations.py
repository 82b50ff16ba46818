"""The translation of what was sent: begun at once, done by translators, corrected by who wrote it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from fund import emails, rules
from fund.models import BidTranslation, Happening, Submission, TranslatedText
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import Text, in_both
from wlga_portal.kernel.versions import drop_draft, save_version
from wlga_portal.kernel.workflow import Refused, advance


def translation_begin(submission: Submission, *, at: datetime) -> BidTranslation | None:
    """Inside the transaction of submitting: a Welsh bid waits for its translators from that moment. A text that an
    earlier submission had in the very same words takes its translation along."""
    if submission.language != "cy":
        return None
    translation = BidTranslation.objects.create(submission=submission, asked_at=at)
    known = TranslatedText.objects.filter(translation__submission__bid=submission.bid).exclude(text="").order_by("pk")
    before = dict(known.values_list("source", "text"))
    TranslatedText.objects.bulk_create(
        TranslatedText(translation=translation, order=order, **text, text=before.get(text["source"], ""))
        for order, text in enumerate(texts_of(submission.snapshot), 1)
    )
    Happening.record(submission.bid, "translation_asked", by=None, at=at)
    emails.tell_translators(translation)
    return translation


def texts_of(snapshot: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Every text of a snapshot that its writers wrote, with its key and what it is called."""
    title = in_both(lambda: _("Title of the bid"))
    yield {"key": "title", "source": snapshot["title"], "label_en": title.en, "label_cy": title.cy}
    for answer in snapshot["answers"]:
        if answer["text"]:
            labels = {name: answer[name] for name in ("label_en", "label_cy")}
            yield {"key": f"answer:{answer['key']}", "source": answer["text"], **labels}
    for partner in snapshot["partners"]:
        if partner["role"]:
            labels = {"label_en": partner["name_en"], "label_cy": partner["name_cy"]}
            yield {"key": f"partner:{partner['slug']}", "source": partner["role"], **labels}
    for number, line in enumerate(snapshot.get("costs", ()), 1):
        labels = {"label_en": line["category_en"], "label_cy": line["category_cy"]}
        yield {"key": f"cost:{number}", "source": line["note"], **labels}


def translation_write(form: ModelForm, *, by: Any) -> TranslatedText:
    """Save one text. Where an officer of the lead writes it, it is a correction by the applicant. Raises Clash."""
    with audited(by=by, why="translation written"):
        text: TranslatedText = save_version(form, by=by, why="translation written")
        drop_draft(by, text.draft_key)
        bid = text.translation.submission.bid
        if rules.bid_lead_officer(by, bid):
            text.corrected_at, text.corrected_by = timezone.now(), by
            text.save()
            Happening.record(bid, "corrected", by=by, about=Text(text.label_en, text.label_cy))
    return text


def translation_finish(*, translation: BidTranslation, by: Any) -> BidTranslation:
    """Say that it is done; the lead's officers may read and correct it. Raises Refused while a text is missing."""

    def finish(row: BidTranslation) -> None:
        missing = row.texts.filter(text="").count()
        if missing:
            raise Refused(_("Texts that are not translated yet: %(count)s.") % {"count": missing})
        row.done_at, row.done_by = timezone.now(), by

    with audited(by=by, why="translation done"):
        row = advance(translation, "finish", by=by, also=finish)
        Happening.record(row.submission.bid, "translated", by=by)
        emails.tell_translated(row)
    return row


def translation_reopen(*, translation: BidTranslation, by: Any, why: str = "") -> BidTranslation:
    """Take it up again."""

    def clear(row: BidTranslation) -> None:
        row.done_at = row.done_by = None

    return advance(translation, "reopen", by=by, why=why, also=clear)
