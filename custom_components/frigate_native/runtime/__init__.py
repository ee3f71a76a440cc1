"""The parts of a running entry that its platforms share."""
