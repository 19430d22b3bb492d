"""Runs the command line: ``python -m event_server``."""

from event_server.cli.app import main

if __name__ == "__main__":
    main()
