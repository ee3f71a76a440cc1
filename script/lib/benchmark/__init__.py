"""How fast the engine is, what it costs, and how well it does live."""

from . import engine_import as engine_import  # first: it lets the engine be imported without Home Assistant
