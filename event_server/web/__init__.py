"""The HTTP and WebSocket face: Starlette."""
