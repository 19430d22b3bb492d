"""The way back: files that leave the system."""
