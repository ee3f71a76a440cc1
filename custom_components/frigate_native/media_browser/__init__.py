"""What the media browser shows: events by time, camera, object and zone, and the recordings' tree."""
