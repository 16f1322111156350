"""Reads that join several tables; a module per question."""
