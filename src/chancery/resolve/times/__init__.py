"""Time expressions -> calendar days."""

from chancery.resolve.times.document import document_day
from chancery.resolve.times.resolver import resolve_times

__all__ = ["document_day", "resolve_times"]
