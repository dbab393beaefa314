"""An archive is parted alike whatever is beside it, and every report is in one part."""

import gzip
import io
import json

import pytest

from chancery.articles import Options, Report
from chancery.batch.pages import read_pages
from chancery.batch.plan import plan_shards
from chancery.batch.shards import Shard
from chancery.errors import InputError

WORDS = "The ministry said on day {} that the talks would go on, and that it had asked for more time."


def reports(*shards):
    return [one for shard in shards for one in read_pages(shard, Options())]


def texts(found):
    return [one.article.text if isinstance(one, Report) else str(one) for one in found]


def names(planned):
    return [shard.name for shard in planned]


def jsonl(path, count, ending="\n"):
    rows = [
        json.dumps({"id": str(day), "text": WORDS.format(day) + " x" * (day % 50)}) for day in range(count)
    ]
    path.write_text(ending.join(rows) + ending, encoding="utf-8")
    return path


@pytest.mark.parametrize("count", [1, 7, 100, 1000])
@pytest.mark.parametrize("size", [1, 3, 40])
def test_lines_are_cut_between_reports(tmp_path, count, size):
    path = jsonl(tmp_path / "a.jsonl", count)
    shards = plan_shards(str(path), reports=size)
    whole = reports(*plan_shards(str(path), reports=10**6))
    assert len(whole) == count
    parts = reports(*shards)
    assert texts(parts) == texts(whole)
    assert (
        [one.place for one in parts]
        == [one.place for one in whole]
        == [f"line {n}" for n in range(1, count + 1)]
    )
    assert len(set(names(shards))) == len(shards)


def test_a_large_file_of_lines_has_many_parts(tmp_path):
    assert len(plan_shards(str(jsonl(tmp_path / "a.jsonl", 1000)), reports=2)) > 5


def test_what_is_appended_leaves_the_parts_before_it(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", 1000)
    before = plan_shards(str(path), reports=2)
    jsonl(path, 1500)
    after = plan_shards(str(path), reports=2)
    assert [shard.pieces for shard in after[: len(before) - 1]] == [shard.pieces for shard in before[:-1]]


def test_lines_in_utf_16_and_packed_ones_are_read_whole(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", 1000)
    (tmp_path / "b.jsonl").write_text(path.read_text(), encoding="utf-16")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(path.read_bytes()))
    for name in ("b.jsonl", "c.jsonl.gz"):
        (shard,) = plan_shards(str(tmp_path / name), reports=2)
        assert len(reports(shard)) == 1000


@pytest.mark.parametrize("size", [1, 7, 100, 1000])
def test_rows_of_parquet_are_parted(tmp_path, size):
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [{"id": str(day), "text": WORDS.format(day)} for day in range(500)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=64)
    shards = plan_shards(str(tmp_path / "a.parquet"), reports=size)
    assert [one.place for one in reports(*shards)] == [f"row {number}" for number in range(1, 501)]
    assert texts(reports(*shards)) == [row["text"] for row in rows]


def warc(path, count, *, members=True):
    """Write an archive of pages, redirects and pictures, each record packed apart or all as one."""

    def record(day, status="200 OK", kind="text/html", body=b""):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{day}\r\n"
            f"WARC-Date: 2022-02-10T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{day}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        return head.encode() + http + b"\r\n\r\n"

    records = []
    for day in range(count):
        prose = "".join(f"<p>{WORDS.format(day)} It was said for the {n}th time.</p>" for n in range(8))
        page = f"<html><head><title>Talks {day}</title></head><body><article>{prose}</article></body></html>"
        records += [
            record(f"{day}", body=page.encode()),
            record(f"{day}/moved", "301 Moved"),
            record(f"{day}.png", kind="image/png", body=b"\x1f\x8b\x08" * 50),
        ]
    if members:
        path.write_bytes(b"".join(map(gzip.compress, records)))
    else:
        path.write_bytes(gzip.compress(b"".join(records)))
    return path


def test_archives_are_cut_between_records(tmp_path, monkeypatch):
    from chancery.batch import split

    monkeypatch.setattr(split, "BYTES_IN_MEMBER", 300)
    path = warc(tmp_path / "a.warc.gz", 60)
    shards = plan_shards(str(path), reports=5)
    assert len(shards) > 5
    assert [one.place for one in reports(*shards)] == [f"https://a.example/{day}" for day in range(60)]


def test_an_archive_that_is_packed_as_one_is_one_shard(tmp_path, monkeypatch):
    from chancery.batch import split

    monkeypatch.setattr(split, "BYTES_IN_MEMBER", 20)
    (shard,) = plan_shards(str(warc(tmp_path / "a.warc.gz", 60, members=False)), reports=5)
    assert len(reports(shard)) == 60


def folder(path, numbers):
    path.mkdir(exist_ok=True)
    for number in numbers:
        (path / f"{number:05}.txt").write_text(WORDS.format(number))
    return str(path)


def test_small_files_are_gathered_and_a_new_one_changes_little(tmp_path):
    before = plan_shards(folder(tmp_path / "in", range(0, 1000, 2)), reports=20)
    assert 10 < len(before) < 60
    assert len(reports(*before)) == 500
    after = plan_shards(folder(tmp_path / "in", [501]), reports=20)
    changed = {shard.pieces for shard in after} - {shard.pieces for shard in before}
    assert 1 <= len(changed) <= 2


def test_the_order_is_that_of_an_ingest(tmp_path):
    from chancery.articles import read_reports

    folder(tmp_path / "in", range(10))
    folder(tmp_path / "in/deep", range(10, 20))
    jsonl(tmp_path / "in/00005.jsonl", 3)
    jsonl(tmp_path / "in/deep/00011.jsonl", 3)
    direct = list(read_reports([tmp_path / "in"]))
    assert texts(reports(*plan_shards(str(tmp_path / "in")))) == texts(direct)


def test_a_pattern_and_an_output_inside_the_archive(tmp_path):
    for name in ("a", "b"):
        jsonl(tmp_path / f"{name}.jsonl", 3)
    assert len(plan_shards(f"{tmp_path}/*.jsonl")) == 2
    (tmp_path / "out").mkdir()
    jsonl(tmp_path / "out/c.jsonl", 3)
    assert len(plan_shards(str(tmp_path), apart=str(tmp_path / "out"))) == 2


def test_nothing_to_read_is_said(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        plan_shards(str(tmp_path / "a.jsonl"))
    with pytest.raises(InputError, match="nothing to read"):
        plan_shards(f"{tmp_path}/*.jsonl")


def test_a_folder_of_memory_is_an_archive_and_an_output(batch, tmp_path):
    """What is not on this machine: an object store, which fsspec's file system in memory stands for."""
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    for name in ("a", "b"):
        store.pipe_file(f"/archive/{name}.jsonl", jsonl(tmp_path / "x.jsonl", 5).read_bytes())
    store.pipe_file("/archive/deep/c.txt", WORDS.format(9).encode())
    assert [type(one) for one in plan_shards("memory://archive")] == [Shard] * 3
    assert len(plan_shards("memory://archive/*.jsonl")) == 2
    assert len(reports(*plan_shards("memory://archive"))) == 11
    here, batch.out = batch.out, "memory://out"
    run = batch("memory://archive", work=f"{here}/work")
    assert (len(run.done), run.failed) == (3, False)
    assert batch("memory://archive", work=f"{here}/work").skipped == 3
    from chancery.batch.output import contents_of, is_output

    assert is_output("memory://out")
    assert len(list(contents_of("memory://out"))) == 11
    assert any(name.startswith("/out/reports/day=") for name in store.find("/out"))


def test_a_file_by_http(tmp_path):
    pytest.importorskip("aiohttp")
    import threading
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_arguments):
            pass

    jsonl(tmp_path / "a.jsonl", 5)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/a.jsonl"
        assert len(reports(*plan_shards(address))) == 5
        with pytest.raises(InputError):
            plan_shards(address.replace("a.jsonl", "b.jsonl"))
        server.shutdown()


def test_a_stretch_is_a_file_of_its_own():
    from chancery.batch.storage import Stretch

    part = io.BufferedReader(Stretch(io.BytesIO(b"0123456789"), 3, 8), 2)
    assert part.peek(1)[:1] == b"3"
    assert part.read() == b"34567"
    part.seek(1)
    assert part.read(2) == b"45"
    assert part.seek(0, io.SEEK_END) == 5
