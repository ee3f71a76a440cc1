"""Turns a config entry, a file or a form into the configuration of the engine."""
