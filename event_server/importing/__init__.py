"""Attendee lists brought by organizers: bytes to rows with their problems."""
