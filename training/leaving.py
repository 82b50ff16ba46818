"""Whoever is erased from the portal is erased from the register of training too."""

from typing import Any

from django.dispatch import receiver

from accounts.erasing import person_erased

from .actions.privacy import erase
from .holdings import learners_of


@receiver(person_erased)
def erase_learner(sender: Any, user: Any, **_kwargs: Any) -> None:
    """All rows that are this person, by the function of the database; the counts stay."""
    for learner in learners_of(user)[:1]:  # it takes every row of the same person
        erase(learner=learner, reason="asked", by=None)
