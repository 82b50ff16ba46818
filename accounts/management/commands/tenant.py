"""For operators: with which councils' identity providers people sign in."""

import os
from typing import Any

import requests
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from accounts.actions.tenants import AlreadyListed, close_tenant, open_tenant, renew_secret
from accounts.models import Tenant
from accounts.tenants import callback_url, origin_of
from organisations.models import Organisation

SECRET = "PORTAL_TENANT_SECRET"  # noqa: S105  the name of the variable, not its value
DISCOVERY = "/.well-known/openid-configuration"
SECONDS = 10


class Command(BaseCommand):
    """`tenant list`, `tenant add`, `tenant secret`, `tenant check`, `tenant close`: docs/operations/add-a-tenant.md."""

    help = (
        "List, add, check and close the tenants (OpenID Connect) with which people of councils sign in. "
        f"A secret is read from the environment variable {SECRET}, so that it stands in no list of processes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="action", required=True)
        parts.add_parser("list", help="show every tenant")
        add = parts.add_parser("add", help="people of a council sign in with this tenant from now on")
        add.add_argument("key", help="a short name, part of the callback address; it is never used again for another")
        add.add_argument("--council", required=True, metavar="SLUG", help="the council, as in its English address")
        add.add_argument("--issuer", required=True, metavar="URL", help="exactly as the tokens name it")
        add.add_argument("--client-id", required=True, help="the portal's id in the council's tenant")
        for name, meaning in (
            ("check", "ask the provider whether all is as it was"),
            ("secret", "put in a new secret"),
            ("close", "nobody signs in with it any more"),
        ):
            parts.add_parser(name, help=meaning).add_argument("key")
        for name, part in parts.choices.items():
            if name in {"add", "secret", "close"}:
                part.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"do_{action}")(**options)

    def do_list(self, **_options: Any) -> None:
        for tenant in Tenant.objects.select_related("organisation").order_by("key"):
            state = f"closed {tenant.closed_at:%Y-%m-%d}" if tenant.closed_at else "open"
            self.stdout.write(f"{tenant.key}  {tenant.organisation.name.en}  {tenant.issuer}  {state}")

    def do_add(self, *, key: str, council: str, issuer: str, client_id: str, dry_run: bool, **_options: Any) -> None:
        organisation = Organisation.objects.councils().current().filter(Q(slug_en=council) | Q(slug_cy=council)).first()
        if organisation is None:
            raise CommandError(f"There is no council {council!r}.")
        secret, origin = self.secret(), origin_of(discovered(issuer)["authorization_endpoint"])
        tenant = Tenant(key=key, organisation=organisation, issuer=issuer, origin=origin, client_id=client_id)
        if not dry_run:
            try:
                open_tenant(
                    by=None, key=key, organisation=organisation, issuer=issuer, origin=origin,
                    client_id=client_id, secret=secret,
                )  # fmt: skip
            except AlreadyListed as error:
                raise CommandError("This key, this client or this council has a tenant already.") from error
        self.stdout.write(f"{'Would add' if dry_run else 'Added'} {key} for {organisation.name.en}.")
        self.stdout.write(f"Its callback, to be listed in the council's tenant: {callback_url(tenant)}")
        self.stdout.write(f"The page for signing in stands at {origin}.")

    def do_check(self, *, key: str, **_options: Any) -> None:
        tenant = self.tenant(key)
        origin = origin_of(discovered(tenant.issuer)["authorization_endpoint"])
        if origin != tenant.origin:
            raise CommandError(f"The page for signing in now stands at {origin}, not at {tenant.origin}.")
        self.stdout.write(f"{key} answers as it should.")

    def do_secret(self, *, key: str, dry_run: bool, **_options: Any) -> None:
        tenant, secret = self.tenant(key), self.secret()
        if not dry_run:
            renew_secret(tenant, by=None, secret=secret)
        self.stdout.write(f"{'Would put' if dry_run else 'Put'} a new secret into {key}.")

    def do_close(self, *, key: str, dry_run: bool, **_options: Any) -> None:
        tenant = self.tenant(key)
        if not dry_run:
            close_tenant(tenant, by=None)
        self.stdout.write(f"{'Would close' if dry_run else 'Closed'} {key}.")

    def tenant(self, key: str) -> Tenant:
        tenant = Tenant.objects.open().filter(key=key).first()
        if tenant is None:
            raise CommandError(f"There is no open tenant {key!r}; `tenant list` shows them.")
        return tenant

    def secret(self) -> str:
        secret = os.environ.get(SECRET, "").strip()
        if not secret:
            raise CommandError(f"Put the secret into the environment variable {SECRET}.")
        return secret


def discovered(issuer: str) -> dict[str, Any]:
    """What the provider says of itself. Raises CommandError where it names another issuer, as Entra's `common` does."""
    try:
        answer = requests.get(issuer.rstrip("/") + DISCOVERY, timeout=SECONDS)
        answer.raise_for_status()
        known: dict[str, Any] = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise CommandError(f"{issuer} does not answer as a provider of OpenID Connect does.") from error
    if known.get("issuer") != issuer:
        raise CommandError(f"The provider calls itself {known.get('issuer')!r}, not {issuer!r}: give it exactly so.")
    return known
