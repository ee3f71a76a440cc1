"""The add-on: records and restreams cameras for the integration."""
