"""Asyncio around the domain: actors, hub, planner; no HTTP."""
