"""MQTT through the configured broker or Home Assistant's MQTT integration."""
