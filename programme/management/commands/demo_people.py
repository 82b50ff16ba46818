"""Lists the people of the demonstration, for whoever has just started the portal."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from programme.loading import read_facts


class Command(BaseCommand):
    help = "Lists the ready people of the demonstration and where to sign in as one of them."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("There are demonstration people only with PORTAL_DEMO=1.")
        descriptions = {row["slug"]: row["description"]["en"] for row in read_facts()["demo"]["people"]}
        found = User.objects.filter(demo_slug__in=descriptions).order_by("pk").values_list("demo_slug", "name")
        self.stdout.write("Sign in as one of the demonstration people at /en/demo/ or /cy/demo/:")
        for slug, name in found:
            self.stdout.write(f"  {slug:22} {name:22} {descriptions[str(slug)]}")
