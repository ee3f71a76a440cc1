"""Prints how a configuration file is read: what was translated, what has no effect, what is wrong."""

import os
import sys
from pathlib import Path
from textwrap import indent

from custom_components.frigate_native.engine.config.loading import load_config_file
from custom_components.frigate_native.engine.config.report import HEADINGS, Report
from custom_components.frigate_native.engine.errors import ConfigErrors

_USAGE = "usage: script/check_config FILE"


def main(arguments: list[str]) -> int:
    """Check the file and return the program's exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(_USAGE, file=sys.stderr)
        return 2
    try:
        config = load_config_file(Path(arguments[0]), os.environ)
    except ConfigErrors as errors:
        print(f"Not loaded; {len(errors.errors)} to mend:")
        for error in errors.errors:
            print(f"  {error}")
        return 1
    print(f"Loaded: written for {config.report.version} ({config.report.reason}), cameras: {', '.join(config.cameras)}")
    _print_notes(config.report)
    return 0


def _print_notes(report: Report) -> None:
    for kind, heading in HEADINGS.items():
        if notes := report.of(kind):
            print(f"\n{heading}:")
            for note in notes:
                print(f"  {note}")
                if note.preview:
                    print(indent(note.preview, "    "))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
