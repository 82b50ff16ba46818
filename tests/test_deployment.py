"""What is deployed agrees with the portal: manifests, units and proxies against the settings and the commands."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.utils.translation import gettext, override

from fund.models.attachments import LARGEST_FILE
from wlga_portal import environment

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
READ = re.compile(r'"((?:PORTAL|OTEL|SENTRY|DATABASE|EMAIL)_[A-Z0-9_]+|PORT|SECRET_KEY)"')
SECRET = {"SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_REPLICA_URL", "EMAIL_PASSWORD"} | {
    "PORTAL_S3_SECRET", "PORTAL_S3_KEY", "PORTAL_BADGE_KEY", "PORTAL_BACKUP_KEY",
}  # fmt: skip
AWAY = (
    "The portal is not available for the moment",
    "It should be back in a minute. Leave this page open and load it again then: nothing that was saved is lost.",
)


def known() -> set[str]:
    """Every variable that the portal reads."""
    files = [ROOT / "gunicorn.conf.py", *(ROOT / "wlga_portal").rglob("*.py")]
    return {name for path in files for name in READ.findall(path.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def manifests() -> list[dict[str, Any]]:
    files = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    return [one for path in files for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def of_kind(manifests: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one for one in manifests if one["kind"] == kind}


def pods(manifests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one["spec"]["template"] for one in manifests if one["kind"] in {"Deployment", "Job"}]


def test_every_variable_of_the_manifests_is_read_and_none_is_a_secret(manifests):
    (config,) = of_kind(manifests, "ConfigMap").values()
    assert set(config["data"]) <= known()
    assert not set(config["data"]) & SECRET
    comment = (DEPLOY / "kubernetes/10-config.yaml").read_text(encoding="utf-8").rpartition("# The Secret")[2]
    named = set(re.findall(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b", comment))
    assert (
        {"SECRET_KEY", "DATABASE_URL", "DATABASE_REPLICA_URL", "DATABASE_OWNER_URL"}
        <= named
        <= known() | {"SECRET_KEY"}
    )


def test_ports_and_probes_are_those_of_the_portal(manifests):
    data = of_kind(manifests, "ConfigMap")["portal"]["data"]
    web, metrics = of_kind(manifests, "Deployment")["portal-web"]["spec"]["template"]["spec"]["containers"]
    assert [port["containerPort"] for port in web["ports"]] == [int(data["PORT"])]
    assert [port["containerPort"] for port in metrics["ports"]] == [int(data["PORTAL_METRICS_PORT"])]
    probes = {name: web[name]["httpGet"]["path"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert probes == {"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/readyz"}
    service = of_kind(manifests, "Service")["portal-web"]["spec"]
    assert [port["targetPort"] for port in service["ports"]] == ["http"]  # the figures are behind no service


def test_what_only_the_operator_asks_is_shut_at_every_way_in_and_open_to_the_probes(manifests):
    """The portal answers them to nobody who comes through a proxy (`kernel/test_health.py`): so no rule of one ingress
    controller is needed, and every request of the Ingress is counted as one that comes through."""
    assert of_kind(manifests, "ConfigMap")["portal"]["data"]["PORTAL_PROXY_COUNT"] == "1"
    (ingress,) = of_kind(manifests, "Ingress").values()
    ways = [way for rule in ingress["spec"]["rules"] for way in rule["http"]["paths"]]
    assert [(way["path"], way["backend"]["service"]["name"]) for way in ways] == [("/", "portal-web")]
    assert "defaultBackend" not in ingress["spec"]
    assert {one["spec"].get("type", "ClusterIP") for one in of_kind(manifests, "Service").values()} == {"ClusterIP"}
    web, _metrics = of_kind(manifests, "Deployment")["portal-web"]["spec"]["template"]["spec"]["containers"]
    for name in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert set(web[name]["httpGet"]) == {"path", "port"}  # straight to the pod, and for nobody


def test_only_the_migration_knows_the_owner_of_the_database(manifests):
    for pod in pods(manifests):
        for container in pod["spec"]["containers"]:
            refs = {one["secretRef"]["name"] for one in container["envFrom"] if "secretRef" in one}
            assert ("portal-owner" in refs) is (container["name"] == "migrate")


def test_every_container_runs_without_rights_and_writes_only_where_it_may(manifests):
    seen = 0
    for pod in pods(manifests):
        spec = pod["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["automountServiceAccountToken"] is False
        volumes = {volume["name"] for volume in spec["volumes"]}
        for container in spec["containers"]:
            seen += 1
            said = container["securityContext"]
            assert (said["allowPrivilegeEscalation"], said["readOnlyRootFilesystem"]) == (False, True)
            assert said["capabilities"] == {"drop": ["ALL"]}
            assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
            assert {mount["name"] for mount in container["volumeMounts"]} == volumes
            assert "memory" in container["resources"]["limits"]
    assert seen == 4
    (namespace,) = of_kind(manifests, "Namespace").values()
    assert namespace["metadata"]["labels"] == {"pod-security.kubernetes.io/enforce": "restricted"}


def test_an_overlay_finds_every_manifest():
    folder = DEPLOY / "kubernetes"
    base = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
    assert base["resources"] == sorted(path.name for path in folder.glob("[0-9]*.yaml"))


def test_one_web_and_one_worker_stay_when_machines_are_taken_away(manifests):
    budgets = of_kind(manifests, "PodDisruptionBudget")
    for name, deployment in of_kind(manifests, "Deployment").items():
        assert deployment["spec"]["replicas"] == 2
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        assert budgets[name]["spec"] == {"minAvailable": 1, "selector": {"matchLabels": labels}}


def test_nothing_comes_in_but_pages_and_figures_and_each_policy_meets_a_pod(manifests):
    policies = of_kind(manifests, "NetworkPolicy")
    assert policies["nothing"]["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    ports = [port["port"] for rule in policies["web-in"]["spec"]["ingress"] for port in rule["ports"]]
    assert ports == [8000, 9100]
    labels = [pod["metadata"]["labels"] for pod in pods(manifests)]
    for policy in policies.values():
        wanted = policy["spec"]["podSelector"].get("matchLabels", {})
        assert any(wanted.items() <= one.items() for one in labels)


def test_every_command_that_is_deployed_is_there(manifests):
    words = [" ".join(one.get("command", [])) for pod in pods(manifests) for one in pod["spec"]["containers"]]
    words += [path.read_text(encoding="utf-8") for path in (DEPLOY / "systemd").glob("*.service")]
    called = {name for text in words for name in re.findall(r"manage\.py (\w+)", text)}
    assert called == {"migrate", "load_programme", "work", "metrics", "backup", "archive"}
    assert called <= set(get_commands())


def test_the_proxies_lead_to_the_portals_port_and_say_who_asks():
    for name in ("nginx.conf", "Caddyfile"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        assert "127.0.0.1:8000" in text
        assert {"X-Forwarded-Proto", "X-Forwarded-For"} <= set(re.findall(r"X-Forwarded-\w+", text))
        assert "9100" not in text
        assert not re.search(r"^\s*http2 on;", text, re.MULTILINE)  # nginx of Debian 12 does not start with it
        assert "/(readyz|version)" in text or "/readyz /version" in text  # only the machine itself asks these


def test_what_a_proxy_says_by_itself_is_said_in_both_languages():
    for name in ("nginx.conf", "Caddyfile"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        assert set(re.findall(r"[\w-]+\.html", text)) == {"away.html", "too-large.html"}
        assert "/opt/portal/deploy/pages" in text
        assert "Strict-Transport-Security" in text
    with override("cy"):
        welsh = [gettext(text) for text in AWAY]
    page = (DEPLOY / "pages/away.html").read_text(encoding="utf-8")
    assert all(text in page for text in (*AWAY, *welsh))  # as the portal's own page for a lost database
    for path in (DEPLOY / "pages").iterdir():
        text = path.read_text(encoding="utf-8")
        assert text.index('<html lang="cy">') < text.index("<h1>") < text.index('<div lang="en">') < text.index("<h2>")
        assert not re.search(r"<(link|script|style|img)|style=", text)  # they ask nothing more of a server that is away


def test_a_proxy_lets_the_largest_file_through_and_little_more():
    megabyte = 1024 * 1024
    nginx = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    caddy = re.search(r"max_size (\d+)MB", (DEPLOY / "Caddyfile").read_text(encoding="utf-8"))
    ingress = re.search(r'proxy-body-size: "(\d+)m"', (DEPLOY / "kubernetes/30-web.yaml").read_text(encoding="utf-8"))
    assert nginx is not None
    assert caddy is not None
    assert ingress is not None
    assert nginx[1] == caddy[1] == ingress[1] == "30"
    assert LARGEST_FILE + megabyte < 30_000_000
    said = (DEPLOY / "pages/too-large.html").read_text(encoding="utf-8")
    assert said.count(f"{LARGEST_FILE // megabyte} MB") == 2


def test_one_machine_with_containers_archives_and_backs_up_by_itself():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert set(services) == {"db", "prepare", "web", "worker", "archive", "backup"}
    for name in ("archive", "backup"):
        service = services[name]
        assert f"manage.py {name}" in " ".join(service["command"])
        assert service["restart"] == "unless-stopped"
        assert service["environment"]["PORTAL_BACKUPS"] == "/backups"
        assert "@db:5432/postgres" in service["environment"]["DATABASE_BACKUP_URL"]
        assert any(one.endswith(":/backups") for one in service["volumes"])
        assert "arriving:/portal/var/archive" in service["volumes"]
    for name in ("prepare", "web", "worker", "archive", "backup"):
        service = services[name]
        assert (service["read_only"], service["cap_drop"], service["tmpfs"]) == (True, ["ALL"], ["/tmp"])
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"files:/portal/var/files", "keys:/portal/var/keys"} <= set(services["web"]["volumes"])
    assert any(one.endswith(":/backups:ro") for one in services["web"]["volumes"])  # the operations page looks there
    assert set(compose["volumes"]) == {"data", "files", "keys", "arriving"}
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "chown portal files keys archive metrics" in image  # a new volume takes its owner from the image's folder
    for name in ("web", "worker", "prepare"):
        assert not {"DATABASE_BACKUP_URL", "PORTAL_BACKUP_KEY"} & set(services[name]["environment"])
    roles = (ROOT / "tools/deploy/roles.sh").read_text(encoding="utf-8")
    assert "CREATE ROLE portal_backup LOGIN REPLICATION" in roles
    assert "host replication portal_backup all scram-sha-256" in roles
    said = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    wanted = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    assert {name for name in wanted if f"   {name}=" not in said} == set()


def test_each_part_speaks_to_the_database_under_an_account_of_its_own():
    """V13.2.1: none may do more than its work; a certificate may stand in the place of each password."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    accounts = {
        name: {found for text in service["environment"].values() for found in re.findall(r"://(\w+):", str(text))}
        for name, service in services.items()
        if name != "db"
    }
    assert accounts == {
        "prepare": {"portal_app", "portal_owner"},
        "web": {"portal_app"}, "worker": {"portal_app"},
        "archive": {"portal_app", "portal_backup"}, "backup": {"portal_app", "portal_backup"},
    }  # fmt: skip
    roles = (ROOT / "tools/deploy/roles.sh").read_text(encoding="utf-8")
    assert not re.search(r"SUPERUSER|CREATEROLE|CREATEDB|BYPASSRLS|\btrust\b", roles)
    url = "postgresql://portal_app@db/portal?sslmode=verify-full&sslcert=/run/app.crt&sslkey=/run/app.key"
    said = environment.database("DATABASE_URL", url)
    assert (said["PASSWORD"], said["OPTIONS"]["sslcert"], said["OPTIONS"]["sslmode"]) == (
        "", "/run/app.crt", "verify-full",
    )  # fmt: skip


def test_no_password_and_no_key_has_a_default():
    """V13.2.3: what is not given stops the start, or is left out."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    given = re.findall(r"\$\{(\w*(?:PASSWORD|KEY|SECRET)\w*)([^}]*)\}", text)
    assert {"POSTGRES_PASSWORD", "PORTAL_OWNER_PASSWORD", "PORTAL_APP_PASSWORD", "SECRET_KEY"} <= dict(given).keys()
    assert {rest for _name, rest in given} == {":?put it in .env", ":-"}
    roles = (ROOT / "tools/deploy/roles.sh").read_text(encoding="utf-8")
    assert {rest for name, rest in re.findall(r"\$\{(\w*PASSWORD\w*)([^}]*)\}", roles)} == {":?"}
    units = "".join(path.read_text(encoding="utf-8") for path in (DEPLOY / "systemd").rglob("*.service"))
    assert not re.search(r"(PASSWORD|SECRET\w*|KEY)=", units)


def test_the_units_archive_from_the_start_and_the_backups_have_their_timer():
    told = (ROOT / "docs/operations/one-machine.md").read_text(encoding="utf-8")
    enabled = re.search(r"systemctl enable --now ([^`]+)`", told)
    assert enabled is not None
    assert {"portal-archive", "portal-backup.timer"} <= set(enabled[1].split())
    unit = (DEPLOY / "systemd/portal-archive.service").read_text(encoding="utf-8")
    assert "Restart=always" in unit


def test_every_unit_starts_what_the_installed_portal_has():
    told = (ROOT / "docs/operations/one-machine.md").read_text(encoding="utf-8")
    for unit in (DEPLOY / "systemd").glob("*.service"):
        text = unit.read_text(encoding="utf-8")
        (command,) = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
        python, what, *options = command.split()
        assert python == "/opt/portal/.venv/bin/python"
        if what == "-m":
            assert options == ["gunicorn", "--config", "gunicorn.conf.py", "wlga_portal.wsgi:application"]
            assert (ROOT / "gunicorn.conf.py").is_file()
        else:
            assert (what, len(options)) == ("manage.py", 1)
        assert "WorkingDirectory=/opt/portal" in text
        assert all(f"`{name}`" in told for name in re.findall(r"^EnvironmentFile=(.+)$", text, re.MULTILINE))


def test_every_unit_runs_as_its_own_user_and_writes_only_into_its_folder():
    units = sorted((DEPLOY / "systemd").glob("*.service"))
    names = ("archive", "backup", "metrics", "web", "worker")
    assert [unit.stem for unit in units] == [f"portal-{name}" for name in names]
    for unit in units:
        lines = unit.read_text(encoding="utf-8").splitlines()
        assert {"User=portal", "Group=portal", "ReadWritePaths=/var/lib/portal"} <= set(lines)
    shut = set((DEPLOY / "systemd/portal-.service.d/shut.conf").read_text(encoding="utf-8").splitlines())
    assert {"ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "UMask=0077"} <= shut
    told = (ROOT / "docs/operations/one-machine.md").read_text(encoding="utf-8")
    assert "cp -r deploy/systemd/* /etc/systemd/system/" in told  # with the folder that shuts all of them


def test_every_page_that_the_operators_index_names_is_there():
    index = (ROOT / "docs/operations/README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", index):
        assert (ROOT / "docs/operations" / target).is_file(), target


def test_every_variable_that_the_portal_reads_is_documented():
    said = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    names = {name for name in known() if name.startswith(("PORTAL_", "DATABASE_", "EMAIL_", "SENTRY_", "OTEL_"))}
    assert {name for name in names if f"`{name}`" not in said} == set()
