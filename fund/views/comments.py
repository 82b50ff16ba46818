"""Comments on a bid: of its councils' people, and of readers who were sent a link."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.limits import client_of, within
from fund import rules
from fund.actions import comments as actions
from fund.clock import locked_bid, received_at
from fund.finders import find_comment, find_link, find_own_bid
from fund.forms.comments import CommentForm, LinkForm
from fund.models import Bid, Comment, CommentLink
from fund.tables import heading_of
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

OPENED, COMMENTED, WINDOW = 120, 20, 3600  # what one address may do with links, in so many seconds


@screen(find=find_own_bid)
def comment_list(request: HttpRequest, bid: Bid) -> HttpResponse:
    """What was said about the bid and its answers; everybody of its councils may say something."""
    form = CommentForm(request.POST if request.method == "POST" else None, bid=bid)
    if request.method == "POST" and form.is_valid():
        actions.comment_make(bid=bid, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your comment is with the bid."))
        return redirect(reverse("fund:comment_list", kwargs={"slug": bid.slug}))
    return comment_page(request, bid, form=form)


def comment_page(request: HttpRequest, bid: Bid, **more: object) -> HttpResponse:
    writes = rules.bid_write(request.user, bid)
    comments = bid.comments.select_related("by", "link", "answer__question", "done_by")
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "comments": list(comments),
        "writes": writes,
        "links": list(bid.comment_links.select_related("made_by")) if writes else [],
        "link_form": LinkForm() if writes else None,
        "now": timezone.now(),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/comment_list.html", context | more)


@screen(find=find_comment, may=rules.comment_settle, methods=("POST",))
def comment_settle(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Say that it is dealt with."""
    actions.comment_settle(comment=comment, by=request.user)
    return redirect(reverse("fund:comment_list", kwargs={"slug": comment.bid.slug}))


@screen(find=find_own_bid, may=rules.bid_write, methods=("POST",))
@sensitive_variables("token")
def link_make(request: HttpRequest, bid: Bid) -> HttpResponse:
    """Make a link for a reader without an account; its address is shown this once."""
    form = LinkForm(request.POST)
    if not form.is_valid():
        return comment_page(request, bid, form=CommentForm(bid=bid), link_form=form, link_errors=True)
    link, token = actions.link_make(bid=bid, by=request.user, **form.cleaned_data)
    address = settings.BASE_URL + reverse("fund:comment_read", kwargs={"token": token})
    return comment_page(request, bid, form=CommentForm(bid=bid), made=link, address=address)


@screen(find=find_link, may=rules.link_end, methods=("POST",))
def link_end(request: HttpRequest, link: CommentLink) -> HttpResponse:
    """Take a link back."""
    actions.link_end(link=link, by=request.user)
    messages.success(request, _("The link opens nothing any more."))
    return redirect(reverse("fund:comment_list", kwargs={"slug": link.bid.slug}))


@screen(public=True)
def comment_read(request: HttpRequest, token: str) -> HttpResponse:
    """The bid as it stands, for a reader with a link, who may comment. Opening it changes nothing."""
    if not within("fund.link", client_of(request), most=OPENED, seconds=WINDOW):
        return unlisted(page(request, "fund/link_over.html", {"often": True}, status=429))
    link = CommentLink.objects.opened_by(token).select_related("bid__round", "bid__lead").first()
    if link is None:
        raise Http404
    if not CommentLink.objects.filter(pk=link.pk).holding(timezone.now()).exists():
        return unlisted(page(request, "fund/link_over.html", {}, status=410))
    bid = link.bid
    closed = locked_bid(bid, received_at(request))
    form = CommentForm(request.POST if request.method == "POST" else None, bid=bid)
    if request.method == "POST" and form.is_valid():
        if not within("fund.comment", str(link.pk), most=COMMENTED, seconds=WINDOW):
            form.add_error(None, _("There are many comments by this link. Try again in an hour."))
        else:
            try:
                actions.comment_make(bid=bid, link=link, **form.cleaned_data)
            except Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Your comment is with the bid."))
                return unlisted(redirect(request.path))
    context = {
        "bid": bid,
        "link": link,
        "form": form,
        "closed": closed,
        "answers": list(bid.answers_in_order()),
        "comments": list(link.comments.select_related("answer__question")),
        "demonstration": bid.is_demo,
    }
    return unlisted(page(request, "fund/comment_read.html", context))


def unlisted(response: HttpResponse) -> HttpResponse:
    """A page that no search engine lists, no cache keeps and no other site hears the address of."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    # not "no-referrer": with it a browser sends the page's own form without its origin, and it is refused as forged
    response["Referrer-Policy"] = "same-origin"
    return response
