"""What a page of the sift or the panel is about, found among what the person may see."""

from django.http import HttpRequest

from .models import Assessment, Round


def find_scored_round(request: HttpRequest, slug: str, stage: str) -> Round:
    """A round whose bids are scored here; the stage that the page is about goes with it as `scored`."""
    rounds = Round.objects.visible_to(request.user).filter(is_historic=False).with_page()
    found = Round.find(rounds, slug)
    found.scored = stage
    return found


def find_assessment(request: HttpRequest, pk: int) -> Assessment:
    """An assessor's own; somebody else's is not there."""
    return Assessment.objects.held_by(request.user).with_page().get(pk=pk)


def find_managed(request: HttpRequest, pk: int) -> Assessment:
    """Any assessment, for the fund manager."""
    return Assessment.objects.visible_to(request.user).with_page().get(pk=pk)
