"""Catalogs of texts: English message ids, one folder for each translation."""
