"""Evenings at tables of more than two: who shares a table with whom, in which round."""
