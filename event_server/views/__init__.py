"""What each viewer is allowed to see: pure functions from state to view."""
