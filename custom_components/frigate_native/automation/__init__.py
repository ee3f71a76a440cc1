"""Automations: which events they are for, what they are told, and what they can do with events."""
