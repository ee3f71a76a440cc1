"""Detection on another machine, by the protocol of Frigate's own ZMQ detector: its client and its server."""
