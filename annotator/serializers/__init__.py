"""The shapes that labeling speaks; a module per resource."""
