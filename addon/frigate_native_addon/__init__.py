"""The recorder's container: restreams over RTMP and records around the clock, as the integration tells it."""
