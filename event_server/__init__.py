"""Girotondo: the server that runs speed-networking evenings."""
