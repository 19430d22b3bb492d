"""Programs that print the figures of a machine; each runs by itself."""
