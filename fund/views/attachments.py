"""Files of a bid: adding one with its progress, opening one that was checked, taking one out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund import actions, rules
from fund.clock import locked_bid, received_at
from fund.finders import find_own_bid
from fund.finders.rounds import find_attachment, find_own_attachment
from fund.forms.attachments import AttachmentForm
from fund.models import Attachment, Bid
from fund.tables import heading_of
from wlga_portal.kernel import scanning
from wlga_portal.kernel.files import FilesAway, served
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.uploads import CONTENT_TYPES
from wlga_portal.kernel.workflow import Refused


def list_url(bid: Bid) -> str:
    return reverse("fund:attachment_list", kwargs={"slug": bid.slug})


@screen(find=find_own_bid)
def attachment_list(request: HttpRequest, bid: Bid) -> HttpResponse:
    """What the form asks for, the files that are there and whether they are checked; writers add others here."""
    at = received_at(request)
    closed, writes = locked_bid(bid, at), rules.bid_write(request.user, bid)
    wants_json = request.headers.get("Accept") == "application/json"
    form = None
    if writes and not closed:
        sent = request.method == "POST"
        form = AttachmentForm(request.POST if sent else None, request.FILES if sent else None, bid=bid)
    if request.method == "POST":
        if form is None:
            return refused(request, bid, closed or _("Only those who write the bid add files."), wants_json)
        if form.is_valid():
            try:
                added = actions.attachment_add(bid=bid, kind=form.kind, by=request.user, at=at, **form.cleaned_data)
            except (Refused, FilesAway) as error:
                form.add_error("file", str(error))
            else:
                messages.success(request, _("“%(file)s” is added.") % {"file": added.name})
                return JsonResponse({"url": list_url(bid)}) if wants_json else redirect(list_url(bid))
        if wants_json:
            return JsonResponse({"errors": [str(one) for some in form.errors.values() for one in some]}, status=422)
    kept = list(bid.attachments.kept().with_row())
    answered = {one.requirement_id for one in kept}
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "form": form,
        "closed": closed,
        "writes": form is not None,
        "attachments": kept,
        "asked": [(one, one.pk in answered) for one in bid.required_attachments()],
        "waiting": any(one.scan == "waiting" for one in kept),
        "scanner": scanning.is_set(),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/attachment_list.html", context)


def refused(request: HttpRequest, bid: Bid, reason: str, wants_json: bool) -> HttpResponse:
    if wants_json:
        return JsonResponse({"errors": [reason]}, status=422)
    messages.error(request, reason)
    return redirect(list_url(bid))


@screen(find=find_own_attachment, may=rules.attachment_change, methods=("POST",))
def attachment_remove(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """One button; what was sent stays with what was sent."""
    try:
        actions.attachment_remove(attachment, by=request.user, at=received_at(request))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(file)s” is taken out.") % {"file": attachment.name})
    return redirect(list_url(attachment.bid))


@screen(find=find_attachment, methods=("GET", "HEAD"))
def attachment_file(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """The file, to be saved and never shown by the portal itself. One that was not checked is closed to everybody."""
    if not attachment.is_open:
        raise Http404
    answer = served(
        attachment.file,
        as_attachment=True,
        filename=attachment.safe_name,
        content_type=CONTENT_TYPES[attachment.kind],
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
