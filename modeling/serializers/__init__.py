"""Shapes of modeling's answers and requests."""
