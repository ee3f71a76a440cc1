"""Turns files of all Frigate versions into one of ours, before the schema sees them."""
