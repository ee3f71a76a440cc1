"""What capture and recording share of ffmpeg: its arguments, its program, and what it says.

The add-on's container has no more than the standard library, so nothing here needs more.
"""
