"""Publishing to a broker: the user's own, or the one of Home Assistant's MQTT integration."""
