"""SQLite as Django knows it, with a line for those who write."""
