"""The list of what the portal is made of (CycloneDX 1.6), from the lock file and the packages of the styles.

    python -m tools.sbom [FILE]        default: var/sbom.json

Each library of `requirements/run.lock` with its version and the hashes under which it may be installed; each package of
`tools/design/package-lock.json`, from which the styles and the script of `static/` are compiled.
"""

import base64
import json
import re
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wlga_portal import VERSION

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def libraries(lock: str) -> list[dict[str, Any]]:
    """The components of a lock file with hashes."""
    found: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if match := LIBRARY.match(line):
            name, version = match.groups()
            purl = f"pkg:pypi/{name.lower()}@{version}"
            found.append(
                {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": []}
            )
        if found and (digest := HASH.search(line)):
            found[-1]["hashes"].append({"alg": "SHA-256", "content": digest[1]})
    return found


def packages(lock: dict[str, Any]) -> list[dict[str, Any]]:
    """The components of npm's lock file."""
    found = []
    for path, row in sorted(lock.get("packages", {}).items()):
        if not path:
            continue
        name, version = path.rpartition("node_modules/")[2], row.get("version", "")
        purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
        one: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
        if row.get("integrity", "").startswith("sha512-"):
            digest = base64.b64decode(row["integrity"].removeprefix("sha512-")).hex()
            one["hashes"] = [{"alg": "SHA-512", "content": digest}]
        found.append(one)
    return found


def sbom(root: Path = ROOT) -> dict[str, Any]:
    """The whole list. The same lock files give the same serial number."""
    run = (root / "requirements/run.lock").read_text(encoding="utf-8")
    design = (root / "tools/design/package-lock.json").read_text(encoding="utf-8")
    components = {one["bom-ref"]: one for one in libraries(run) + packages(json.loads(design))}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, run + design).urn,
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": {"type": "application", "name": "wlga-portal", "version": VERSION},
        },
        "components": list(components.values()),
    }


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else ROOT / "var/sbom.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    made = sbom()
    target.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{len(made['components'])} components: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
