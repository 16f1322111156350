"""Campaigns in which people rate clips one modality at a time, and what those ratings add up to."""
