"""Frigate's MQTT topics."""

from .publisher import MqttPublisher

__all__ = ["MqttPublisher"]
