"""One running entry: how it starts and stops, and its door to the engine."""
