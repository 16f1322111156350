"""Source videos, clips, labels, dataset versions, their exports, and the ledger of long work."""
