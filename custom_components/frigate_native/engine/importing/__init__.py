"""Takes over the events, reviews, recordings and exports of a Frigate installation."""
