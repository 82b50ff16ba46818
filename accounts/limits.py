"""How often something may be tried: counted in one table by one statement, so that a limit holds for all workers."""

from allauth.core.internal.httpkit import get_client_ip
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

COUNT = """
INSERT INTO accounts_limit (key, since, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN over THEN 1 ELSE accounts_limit.count + 1 END,
    since = CASE WHEN over THEN excluded.since ELSE accounts_limit.since END
RETURNING count
""".replace("over", "accounts_limit.since <= %(now)s - make_interval(secs => %(seconds)s)")


def within(name: str, source: str, *, most: int, seconds: int) -> bool:
    """Count one try of `name` by `source`; False for each after the first `most` in `seconds` from the first."""
    key = salted_hmac("accounts.limits", f"{name}:{source}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "now": timezone.now(), "seconds": seconds})
        return int(cursor.fetchone()[0]) <= most


def client_of(request: HttpRequest) -> str:
    """The address from which a request came; '' where the server does not say (a Unix socket)."""
    return get_client_ip(request) or ""
