"""Messages to people: a row for the portal's pages, and mail as each person chose.

An app's `emails.py` says what it sends; an action sends it, inside its transaction:

    register_group("fund", _("The fund"))
    register_kind("fund.bid_received", subject=_("Your bid “%(title)s” has been received"))
    notify(user, "fund.bid_received", url=bid, context={"title": bid.title})

The body is `templates/emails/fund_bid_received.txt` (it knows the values of the context, `person` and `link`; plain
text, an empty line between paragraphs); without that file the subject is all. The HTML part is made from it. `url` is
an object with `get_absolute_url`, a path, or a function that makes one. Values are texts in two languages, strings,
numbers, days.
"""

from .kinds import File, Kind, register_group, register_kind
from .sending import notify
from .tasks import queue_mail

__all__ = ["File", "Kind", "notify", "queue_mail", "register_group", "register_kind"]
