"""The people of the demonstration: invented names at example.org, one for each thing that one can do here."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from organisations.models import MailDomain, Organisation
from wlga_portal.kernel.audit import audited

from .models import Consent, Membership, User
from .models.viewing import LONGEST


def load_demo(demo: dict[str, Any], by: Any = None) -> dict[str, User]:
    """The people of `demo["people"]` by their slug, made or brought up to date; each council gets a mail domain."""
    organisations = {organisation.slug_en: organisation for organisation in Organisation.objects.all()}
    started = timezone.localdate() - timedelta(days=365)
    people = {}
    with audited(by=by, why="loaded for the demonstration"):
        for row in demo["people"]:
            user, _made = User.objects.update_or_create(
                email=row["email"],
                defaults={"name": row["name"], "language": row["language"], "demo_slug": row["slug"]},
            )
            for role in row["roles"]:
                Membership.objects.get_or_create(
                    user=user, organisation=organisations[row["organisation"]], role=role, defaults={"starts": started}
                )
            people[row["slug"]] = user
        if (asks := people.get("officer-torfaen")) and not Consent.objects.filter(user=asks).exists():
            Consent.objects.create(user=asks, until=timezone.now() + LONGEST)
        for organisation in organisations.values():
            if organisation.is_council:
                domain = f"{organisation.slug_en}.example.org"
                MailDomain.objects.get_or_create(domain=domain, defaults={"organisation": organisation})
    return people
