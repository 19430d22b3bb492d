"""Input and output: journal, tables, migrations."""
