"""The rules of a live event: pure, without clock, chance or input and output."""
