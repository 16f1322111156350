"""Sweeps: which settings of a recipe are tried, what is tried next, and what the trials tell."""
