"""One round by itself, exactly, with every rule: trios, shared tables, rooms in which somebody must wait."""
