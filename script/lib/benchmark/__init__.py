"""How fast the engine is, what it costs, and how well it does live."""

from . import door as door  # first: it lets the engine be imported without Home Assistant
