"""What workers do for modeling: extract features, assemble feature sets, train."""
