"""What researchers do: ask for features, launch and cancel runs, evaluate them."""
