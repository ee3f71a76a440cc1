"""From a config entry, a file or a form to the configuration of the engine."""
