"""What of the training can be found: the courses."""

from typing import Any

from django.db.models import QuerySet

from wlga_portal.kernel.searching import Findable, Watch, findable, joined

from .models import Course


def shown(_user: Any) -> QuerySet[Course]:
    """Courses are public."""
    return Course.objects.shown()


@findable("training.course", kind="course", rows=Course.objects.all, visible=shown, watch=[Watch(Course)])
def course(row: Course) -> Findable:
    return Findable(row.title, joined(row.summary, row.outcomes), row.get_absolute_url)
