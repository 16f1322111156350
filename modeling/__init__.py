"""Feature sets extracted from versions, and models trained and evaluated on them."""
