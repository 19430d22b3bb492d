"""A demonstration evening: made-up people, and guests who are real clients."""
