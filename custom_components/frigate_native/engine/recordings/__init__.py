"""Recordings: their index, how long they are kept, and video cut from them."""
