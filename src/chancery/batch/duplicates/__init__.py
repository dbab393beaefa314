"""Which report repeats which: signatures made in workers, and an index on disk, asked shard by shard."""

from chancery.batch.duplicates.index import DuplicateIndex
from chancery.batch.duplicates.signatures import Entry, Signature, signature

__all__ = ["DuplicateIndex", "Entry", "Signature", "signature"]
