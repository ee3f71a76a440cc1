"""Compare what the pipeline detects and tracks with everything that its model can find."""
