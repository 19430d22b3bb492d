"""The planner of groups: tables of three to ten."""
