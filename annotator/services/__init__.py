"""What people do in labeling, one transaction each; a module per subject."""
