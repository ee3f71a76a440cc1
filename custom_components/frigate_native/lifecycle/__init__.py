"""Starts, monitors and cleans up an entry, and connects its parts."""
