"""What the kinds of things that can be found are called."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: dict[str, str | Promise] = {
    "paper": pgettext_lazy("kind of result", "Paper"),
    "decision": pgettext_lazy("kind of result", "Decision"),
    "action": pgettext_lazy("kind of result", "Action"),
    "minutes": pgettext_lazy("kind of result", "Minutes"),
    "project": pgettext_lazy("kind of result", "Project"),
    "plan": pgettext_lazy("kind of result", "Delivery plan"),
    "update": pgettext_lazy("kind of result", "Update of a project"),
    "post": pgettext_lazy("kind of result", "Post of the team"),
    "bid": pgettext_lazy("kind of result", "Bid"),
    "award": pgettext_lazy("kind of result", "Award"),
    "learning": pgettext_lazy("kind of result", "Learning"),
    "course": pgettext_lazy("kind of result", "Course"),
    "council": pgettext_lazy("kind of result", "Council"),
    "body": pgettext_lazy("kind of result", "Partner body"),
    "person": pgettext_lazy("kind of result", "Person in a public role"),
}
