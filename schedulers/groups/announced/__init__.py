"""Rounds of groups that people have been shown, repaired with the least disturbance."""
