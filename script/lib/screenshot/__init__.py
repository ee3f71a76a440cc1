"""A picture of the integration in Home Assistant, for the documentation."""
