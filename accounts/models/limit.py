"""How often something was tried."""

from django.db import models


class Limit(models.Model):
    """Tries of one thing by one source since a moment; `key` is a digest, so that no address stands here."""

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
