"""The demonstration: Home Assistant with the integration, on footage."""
