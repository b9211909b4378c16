"""How times, numbers, tables and files are written for people."""
