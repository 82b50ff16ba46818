"""The steps of papers and meetings as buttons of *what needs you*."""

from django.urls import reverse

from wlga_portal.kernel.panels import Press

from .models import Meeting, Paper


def step_press(thing: Paper | Meeting, event: str) -> Press:
    """The button for a step of a paper or a meeting, which its own page takes."""
    noun = "paper" if isinstance(thing, Paper) else "meeting"
    url = reverse(f"board:{noun}_step", kwargs={"slug": thing.slug, "event": event})
    return Press(str(thing.workflow.transitions[event].label), url)
