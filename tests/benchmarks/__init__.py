"""Benchmarks: ratios against a floor measured in the same run, each floor in plain sight beside its bench."""
