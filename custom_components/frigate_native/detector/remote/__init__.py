"""Detection on another machine: client and server for the protocol of Frigate's ZMQ detector."""
