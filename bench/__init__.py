"""Benchmarks: figures to compare, never tests. Each makes a database of its own."""
