"""Print what the installed Home Assistant wants for what a start of it sets up, one requirement a line.

Home Assistant pins the requirements of its integrations in their manifests and installs them when it first sets one up.
Asking its own files keeps an environment in step with whatever version is in it, and a first start needs no download.
"""

import json
import sys
from pathlib import Path
from typing import Any

from hass import default_integrations
from homeassistant import components
from homeassistant.auth.mfa_modules import totp

# What other parts of Home Assistant import at a start, though no default integration depends on it.
ALSO_IMPORTED = ("hassio",)


def read_manifest(path: Path) -> dict[str, Any]:
    """Return an integration's manifest; empty when this version has no such integration."""
    if not path.exists():
        return {}
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def collect_requirements(domains: list[str]) -> set[str]:
    """Return the requirements of the integrations and of all that they depend on."""
    folder = Path(components.__path__[0])
    requirements: set[str] = set()
    waiting = list(domains)
    seen: set[str] = set()
    while waiting:
        domain = waiting.pop()
        if domain in seen:
            continue
        seen.add(domain)
        manifest = read_manifest(folder / domain / "manifest.json")
        requirements.update(manifest.get("requirements", []))
        waiting.extend(manifest.get("dependencies", []))
    return requirements


def main() -> None:
    """Print the requirements of our manifest, of the integrations it names, and of those that every start sets up."""
    manifest = read_manifest(Path(sys.argv[1]))
    domains = [*manifest["dependencies"], *manifest["after_dependencies"], *default_integrations(), *ALSO_IMPORTED]
    print("\n".join(sorted({*collect_requirements(domains), *manifest["requirements"], *totp.REQUIREMENTS})))


if __name__ == "__main__":
    main()
