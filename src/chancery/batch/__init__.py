"""Archives: millions of pages in shards, gated, read by many workers, into Parquet; stopped and resumed."""

from chancery.batch.engine import Died, Ended, Engine, Progress, Settings, Task
from chancery.batch.engines import ENGINES, start_engine
from chancery.batch.gates import GATES, Gated
from chancery.batch.run import Run, run_batch

__all__ = [
    "ENGINES",
    "GATES",
    "Died",
    "Ended",
    "Engine",
    "Gated",
    "Progress",
    "Run",
    "Settings",
    "Task",
    "run_batch",
    "start_engine",
]
