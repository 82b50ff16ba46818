"""What the journeys need and pip cannot give: Chromium, axe-core and the Nu checker with its Java.

    python -m tools.browser

Installs axe-core and the Nu checker from tools/audit/package-lock.json when that changed; what else is missing gets a
sentence, and exit code 1.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .catalogues import ROOT

AUDIT = ROOT / "tools/audit"
CHROMIUM = Path("/usr/bin/chromium")
AXE = AUDIT / "node_modules/axe-core/axe.min.js"
NU = AUDIT / "node_modules/vnu-jar/build/dist/vnu.jar"


def missing() -> list[str]:
    """A sentence for each thing that this machine lacks."""
    sentences = []
    if not CHROMIUM.exists():
        sentences.append(f"The journeys need Chromium at {CHROMIUM}: apt-get install chromium.")
    if not shutil.which("java"):
        sentences.append("The Nu checker needs Java: apt-get install default-jre-headless.")
    if not shutil.which("npm"):
        sentences.append("axe-core and the Nu checker come by npm: apt-get install npm.")
    return sentences


def install() -> str:
    """Bring tools/audit/node_modules to its lock file; a sentence when that failed."""
    digest = hashlib.sha256((AUDIT / "package-lock.json").read_bytes()).hexdigest()
    stamp, log = AUDIT / "node_modules/.installed", ROOT / "var/log/audit.log"
    if stamp.exists() and stamp.read_text() == digest and AXE.exists() and NU.exists():
        return ""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as handle:
        done = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund"], cwd=AUDIT, env={**os.environ, "CI": "1"},
            stdin=subprocess.DEVNULL, stdout=handle, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if done.returncode or not AXE.exists() or not NU.exists():
        return f"axe-core and the Nu checker could not be installed; {log} says why."
    stamp.write_text(digest)
    return ""


def main() -> int:
    sentences = missing()
    if not sentences and (said := install()):
        sentences.append(said)
    print("\n".join(sentences), file=sys.stderr, end="\n" if sentences else "")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
