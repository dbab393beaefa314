"""Sources -> ledger: whatever came in is read once, and a run that was ended goes on where it was."""

from chancery.ingest.run import Plan, Step, Tally, ingest

__all__ = ["Plan", "Step", "Tally", "ingest"]
