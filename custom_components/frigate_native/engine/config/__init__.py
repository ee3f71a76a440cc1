"""Frigate's configuration file as frozen dataclasses."""
