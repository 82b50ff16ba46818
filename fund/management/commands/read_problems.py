"""manage.py read_problems"""

from typing import Any

from django.db import transaction

from fund.likeness import likenesses_store
from fund.models import Bid
from fund.problems import lacking, problem_store, problems_read, untold
from wlga_portal.kernel.rehearsal import RehearsedCommand


class Command(RehearsedCommand):
    help = "Keeps the problem of every bid for comparing and makes the vectors that lack; run it after an upgrade."

    def change(self, **options: Any) -> None:
        stored = 0
        for bid in untold():
            with transaction.atomic():
                problem_store(bid)
            stored += 1
            if stored % 100 == 0:
                self.stdout.write(f"{stored} bids …")
        made = problems_read(lacking())
        if made:
            for bid in Bid.objects.sent():
                likenesses_store(bid)
        self.stdout.write(f"{stored} bids kept, {made} vectors made.")
