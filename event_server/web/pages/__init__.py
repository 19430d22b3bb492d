"""Pages: one module a feature; a handler authorises, loads, builds a context, renders."""
