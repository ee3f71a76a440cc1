"""Frigate's MQTT topics, published to a broker of the user's own."""

from .publisher import MqttPublisher

__all__ = ["MqttPublisher"]
