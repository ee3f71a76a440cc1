"""A publisher in a process that tests kill: PORT."""

import sys
import threading

from custom_components.frigate_native.engine.config.model import MqttConfig
from custom_components.frigate_native.engine.messages import Stats
from custom_components.frigate_native.engine.mqtt import MqttPublisher

if __name__ == "__main__":
    MqttPublisher(MqttConfig(host="127.0.0.1", port=int(sys.argv[1])), {}, Stats).start()
    threading.Event().wait()
