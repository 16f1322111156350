"""What people do, one transaction each; a module per subject."""
