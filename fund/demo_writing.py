"""What people wrote around the bids of the demonstration round: files, costs, comments, a confidential answer, earlier
work that is cited, a clarification, more time, questions to the fund manager, a commitment of money. Loaded once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from organisations.models import Organisation
from wlga_portal.kernel.pdf import render_pdf
from wlga_portal.kernel.scanning import Verdict

from .actions import attachments, citations, comments, confidentiality, costs, enquiries, extensions
from .actions.addenda import addendum_send
from .actions.assignments import answer_assign
from .forms.extensions import EnquiryForm
from .models import Bid, CostLine, Enquiry, Round, StageKind

NEEDED = {"officer-torfaen", "officer-cardiff", "fund-manager"}
DAY = timedelta(days=1)
PLAN = {
    "title": "Plan of the work",
    "subtitle": "An invented file of the demonstration",
    "blocks": [{"type": "paragraph", "text": "Weeks 1 to 4: listen. Weeks 5 to 12: try. Weeks 13 to 16: tell."}],
}
# category, revenue or capital, who pays, what for, pounds
COSTS = (
    ("staff", "revenue", "fund", "A service designer for sixteen weeks", 24_000),
    ("technology", "revenue", "fund", "A licence to send text messages for a year", 3_500),
    ("staff", "revenue", "match", "Time of our own contact centre", 6_000),
)
ASKED = (
    (
        "officer-cardiff",
        "May a bid be led by two councils?",
        ("May two councils lead a bid?", "A gaiff dau gyngor arwain cais?"),
        (
            "One council leads; the other joins as a partner.",
            "Un cyngor sy’n arwain; mae’r llall yn ymuno fel partner.",
        ),
    ),
    ("officer-torfaen", "Does the fund pay for hardware?", None, None),
)


def load_demo(one_round: Round, people: Mapping[str, Any]) -> None:
    """Where the people that it needs are there, and it is not loaded yet."""
    bids = {bid.reference: bid for bid in one_round.bids.all()}
    draft, sent = bids.get("DEMO-001"), bids.get("DEMO-002")
    if not people.keys() >= NEEDED or Enquiry.objects.filter(round=one_round).exists() or not (draft and sent):
        return
    load_enquiries(one_round, people)
    if draft.status == "draft":
        load_draft(draft, people)
    if sent.status == "submitted":
        load_sent(sent, people)


def load_enquiries(one_round: Round, people: Mapping[str, Any]) -> None:
    """One that was answered to all, one that waits."""
    for who, asked, question, answer in ASKED:
        council = Organisation.objects.get(slug_en=who.partition("-")[2])
        enquiry = enquiries.enquiry_ask(
            one_round=one_round, organisation=council, asked=asked, language="en", by=people[who]
        )
        if question and answer:
            texts = {"question": question, "answer": answer}
            given = {
                f"{name}_{side}": text
                for name, pair in texts.items()
                for side, text in zip(("en", "cy"), pair, strict=True)
            }
            form = EnquiryForm({**given, "version": str(enquiry.version)}, instance=enquiry)
            form.full_clean()
            enquiries.enquiry_answer(form, by=people["fund-manager"])


def load_draft(bid: Bid, people: Mapping[str, Any]) -> None:
    """A draft in the middle of its writing."""
    officer, now = people["officer-torfaen"], timezone.now()
    council = Organisation.objects.get(led_bids=bid)
    categories = {one.key: one for one in bid.cost_categories()}
    for key, kind, funding, note, pounds in COSTS:
        CostLine.objects.create(
            bid=bid, category=categories[key], organisation=council,
            year=bid.round.year, kind=kind, funding=funding, note=note, amount_pence=pounds * 100,
        )  # fmt: skip
    costs.add_up(bid, by=officer, why="", at=now)
    answers = {one.question.key: one for one in bid.answers_in_order()}
    answer_assign(answer=answers["evidence"], person=officer, by=officer)
    comments.comment_make(
        bid=bid, answer=answers["problem"], text="How many letters is that in a year? A figure would help.", by=officer
    )
    link, _token = comments.link_make(bid=bid, name="Sam of the contact centre", days=14, by=officer)
    comments.comment_make(bid=bid, answer=None, text="Our staff can help with the trial.", link=link)
    confidentiality.confidential_mark(
        answers["who-is-affected"], reason="It names a team whose members could be recognised.", by=officer
    )
    source = Bid.objects.public().order_by("pk").first()
    if source:
        citations.citation_add(bid=bid, source=source, by=officer)
    for name, clean in (("Plan of the work.pdf", True), ("Figures of the contact centre.pdf", False)):
        file = SimpleUploadedFile(name, render_pdf("document.typ", PLAN, "en"), "application/pdf")
        kept = attachments.attachment_add(bid=bid, file=file, kind="pdf", requirement=None, by=officer)
        if clean:
            attachments.attachment_scanned(kept, Verdict())


def load_sent(bid: Bid, people: Mapping[str, Any]) -> None:
    """A clarification of what was sent, and a day more for its council."""
    addendum_send(
        bid=bid,
        about="Pa gynghorau",
        content="Mae Torfaen wedi cadarnhau y bydd yn profi’r cof gyda’i ddau gyfieithydd.",
        by=people["officer-cardiff"],
    )
    stage = bid.round.stages.get(kind=StageKind.STATEMENTS)
    extensions.extension_give(
        stage=stage,
        bid=bid,
        closes_at=stage.closes_at + DAY,
        reason_en="The council’s network was away for a day.",
        reason_cy="Nid oedd rhwydwaith y cyngor ar gael am ddiwrnod.",
        by=people["fund-manager"],
    )
