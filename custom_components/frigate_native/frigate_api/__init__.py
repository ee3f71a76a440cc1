"""The JSON objects of today's Frigate, which its clients read."""
