"""Exports: parts of the recordings that are kept as files of their own."""
