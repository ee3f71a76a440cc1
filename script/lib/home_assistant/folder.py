"""Home Assistant's configuration folder: as little in it as a demonstration needs."""

import importlib
import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

INTEGRATION: Final = Path(__file__).parents[3] / "custom_components" / "frigate_native"

# No default_config: it would look for devices in the network. The country keeps Home Assistant from asking for it.
_CONFIGURATION: Final = """\
homeassistant:
  name: Frigate Native
  country: US
  unit_system: metric
  media_dirs:
    local: {media}
frontend:
logger:
  default: warning
  filters:
    homeassistant.components.camera.img_util:
      - libturbojpeg  # a system library; without it Home Assistant scales pictures more slowly
media_source:
stream:
"""

# This step of the onboarding has nothing to ask beyond the above, but adds integrations that need the internet.
_ONBOARDED: Final = {"version": 4, "minor_version": 1, "key": "onboarding", "data": {"done": ["core_config"]}}


def fill_folder(folder: Path, integrations: Iterable[Path] = (), more: str = "") -> None:
    """Write what Home Assistant starts from; further integrations and lines of configuration.yaml may be given."""
    components = folder / "custom_components"
    components.mkdir()
    for integration in (INTEGRATION, *integrations):
        (components / integration.name).symlink_to(integration, target_is_directory=True)
    lines = f"ffmpeg:\n  ffmpeg_bin: {json.dumps(_ffmpeg())}\n"
    media = folder / "media"  # in a container Home Assistant would take the machine's /media
    media.mkdir()
    text = _CONFIGURATION.format(media=json.dumps(str(media)))
    (folder / "configuration.yaml").write_text(text + lines + more, encoding="utf-8")
    storage = folder / ".storage"
    storage.mkdir()
    (storage / "onboarding").write_text(json.dumps(_ONBOARDED), encoding="utf-8")


def _ffmpeg() -> str:
    """Return the ffmpeg program, which Home Assistant's own container brings: the machine's or that of a package."""
    with suppress(ImportError):
        bundled = importlib.import_module("imageio_ffmpeg")
        return shutil.which("ffmpeg") or str(bundled.get_ffmpeg_exe())
    return "ffmpeg"
