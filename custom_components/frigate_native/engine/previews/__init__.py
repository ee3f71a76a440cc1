"""Previews: a small film of each camera and hour, to find what happened without loading recordings."""
