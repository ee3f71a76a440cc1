"""Measure the engine's speed and cost, offline and live."""

from . import engine_import as engine_import  # must come first: lets the engine be imported without Home Assistant
