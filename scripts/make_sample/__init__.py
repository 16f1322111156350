"""Makes the sample project: drawn speakers, synthesized voices and simulated scores (development only)."""
