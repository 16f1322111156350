"""Modeling over HTTP."""
