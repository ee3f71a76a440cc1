"""The network video recorder itself; knows nothing of Home Assistant."""
