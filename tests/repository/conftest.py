"""What the tests of the repository share."""

import sys
from pathlib import Path

LIBRARY = Path(__file__).parents[2] / "script" / "lib"

if str(LIBRARY) not in sys.path:
    sys.path.append(str(LIBRARY))  # where the scripts import from
