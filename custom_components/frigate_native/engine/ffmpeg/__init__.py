"""ffmpeg for capture and recording: its arguments, its process and its messages.

Uses the standard library only, since the add-on's container has nothing else.
"""
