"""HTTP in, one service called, HTTP out; a module per resource."""
