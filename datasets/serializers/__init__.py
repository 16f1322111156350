"""The shapes that the API speaks; a module per resource."""
