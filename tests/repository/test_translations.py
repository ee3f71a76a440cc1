"""The texts that Home Assistant shows are made from strings.json."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import translations


def test_english_texts_are_up_to_date() -> None:
    assert translations.ENGLISH.read_text(encoding="utf-8") == translations.resolved()


def test_text_that_appears_twice_is_a_reference() -> None:
    counts = Counter(texts_of(json.loads(translations.STRINGS.read_text(encoding="utf-8"))))

    assert [text for text, count in counts.items() if count > 1 and not text.startswith("[%key:")] == []


def texts_of(strings: dict[str, Any]) -> Iterator[str]:
    for text in strings.values():
        if isinstance(text, dict):
            yield from texts_of(text)
        else:
            yield text
