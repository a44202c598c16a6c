"""Measurements: accuracy on the gold set and speed as ratios in one run."""
