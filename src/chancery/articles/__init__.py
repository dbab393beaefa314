"""Any source -> `Article`: one file per format, one way in (`read_reports`)."""

from chancery.articles.report import Draft, Options, Report, content_id
from chancery.articles.source import STDIN, count_reports, read_bytes, read_reports

__all__ = ["STDIN", "Draft", "Options", "Report", "content_id", "count_reports", "read_bytes", "read_reports"]
