"""Between the live event and the solver: briefings out, plans back, and quick repairs that need no solver."""
