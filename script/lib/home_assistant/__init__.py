"""A real Home Assistant in a throw-away folder, for the demo, the benchmark and the screenshot."""
