"""The demonstration of what spans the areas: a job that failed, for whoever looks after the portal."""

from procrastinate.contrib.django.models import ProcrastinateJob

from wlga_portal.kernel.queue import enqueue, give_up

from .tasks import search_settle


def load_demo() -> None:
    """One failed job, which harms nothing when it is tried again."""
    if ProcrastinateJob.objects.filter(task_name=search_settle.name, status="failed").exists():
        return
    number = enqueue(search_settle, timestamp=0)
    if number is not None:
        give_up(number)
