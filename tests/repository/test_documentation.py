"""Documentation that is written by a program is as the program writes it now."""

from pathlib import Path

from document_keys import document


def test_page_of_configuration_keys_is_up_to_date(repository: Path) -> None:
    page = (repository / "docs" / "configuration_keys.md").read_text(encoding="utf-8")

    assert page == document(), "run script/document_keys"


def test_page_has_every_key_with_its_default() -> None:
    page = document()

    assert "| `pre_capture` | a whole number, 0 or more (s) | `5` | Seconds before the event. |" in page
    assert "## `motion` and `cameras.<name>.motion`" in page
    assert "## `cameras.<name>.ffmpeg.inputs[]`" in page
