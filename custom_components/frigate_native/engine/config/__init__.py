"""The seed's YAML as frozen dataclasses."""
