"""How an entry is started, watched and cleaned up; what puts all other rooms together."""
