"""Folders of the media browser: events by time, camera, object and zone, and recordings."""
