"""How the scores of many annotators become one label; a module per method."""
