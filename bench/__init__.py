"""Benchmarks: figures to compare, never tests. Each uses a scratch database."""
