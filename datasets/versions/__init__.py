"""Rules about frozen versions: numbers, differences, leaks between splits, and the figures of a version."""
