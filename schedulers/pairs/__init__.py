"""One-to-one rounds."""
