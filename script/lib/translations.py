"""Resolves the references in strings.json."""

import json
import re
import sys
from pathlib import Path
from typing import Final

INTEGRATION: Final = Path(__file__).parents[2] / "custom_components" / "frigate_native"
STRINGS: Final = Path(__file__).parents[1] / "strings.json"
ENGLISH: Final = INTEGRATION / "translations" / "en.json"

_REFERENCE: Final = re.compile(r"\[%key:component::frigate_native::([a-z0-9_:.\-]+)%\]")
_DEEPEST: Final = 5  # references to references; more is a circle

type Texts = dict[str, Texts | str]


def resolved() -> str:
    """Return what translations/en.json should contain. KeyError names a reference that leads nowhere."""
    texts: Texts = json.loads(STRINGS.read_text(encoding="utf-8"))
    return json.dumps(_resolve(texts, texts), indent=2, ensure_ascii=False) + "\n"


def _resolve(texts: Texts, root: Texts) -> Texts:
    return {
        key: _resolve(text, root) if isinstance(text, dict) else _replace(text, root) for key, text in texts.items()
    }


def _replace(text: str, root: Texts) -> str:
    for _ in range(_DEEPEST):
        if not _REFERENCE.search(text):
            return text
        text = _REFERENCE.sub(lambda reference: _find(reference[1], root), text)
    raise KeyError(f"references in a circle: {text}")


def _find(path: str, root: Texts) -> str:
    found: Texts | str = root
    for key in path.split("::"):
        if not isinstance(found, dict) or key not in found:
            raise KeyError(f"strings.json has no text {path}")
        found = found[key]
    if not isinstance(found, str):
        raise KeyError(f"{path} is not a text in strings.json")
    return found


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        if ENGLISH.read_text(encoding="utf-8") != resolved():
            sys.exit("translations/en.json is out of date: run script/translations")
    else:
        ENGLISH.write_text(resolved(), encoding="utf-8")
