"""Which rows of the fund are held to their hash."""

from wlga_portal.kernel.frozen import register_frozen

from .models import Addendum, QuarterlyReturn, ScoreSheet, Submission
from .models.submissions import digest

register_frozen(Addendum)
register_frozen(Submission, lambda submission: digest(submission.snapshot))
register_frozen(ScoreSheet, lambda sheet: digest(sheet.content))
register_frozen(QuarterlyReturn, lambda sent: digest({"rows": sent.content}))
