"""What nobody may do: reports that carry code, addresses that leave their folder, words that are queries.

Forms from elsewhere, readers without the token, and requests of all shapes are refused, too.

Every address of the application is looked at, also those that come later: a route whose
parameters have no example here fails the test.

CHANCERY_EXAMPLES=500 makes schemathesis try as many requests an operation; 15 without.
"""

import hashlib
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from chancery.ledger import Entry, Ledger
from chancery.records import Reading

schemathesis = pytest.importorskip("schemathesis")

HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>' onmouseover='alert(1)",
    "</style></title></textarea><svg/onload=alert(1)>",
    "\u202egnol\u2066a",
    "a\x00b\x1bc",
    "{{ 1337 * 7331 }}{% for x in 1 %}${1337*7331}",
    "javascript:alert(1)",
    "=HYPERLINK(1)",
    "]]><!--",
    "' OR 1=1; DROP TABLE reports; --",
)
ALL = " ".join(HOSTILE)
EVALUATED = str(1337 * 7331)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
LARGEST_PAGE = 500_000
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


# Free text of records, and references that are cut, since the ids that they name are spoilt, too.
SPOILT = {
    "actors": {"name": ALL},
    "places": {"name": ALL, "method": ALL},
    "statements": {"method": ALL},
    "events": {"method": ALL, "why": ALL, "mode": ALL, "context": [ALL], "condition": None},
    "positions": {"method": ALL, "event": None},
    "figures": {"method": ALL, "unit": ALL, "event": None},
    "times": {"method": ALL},
}


def spoilt(reading, number):
    """Put hostile words into every field of a reading that is free text."""
    data = reading.model_dump(mode="json")
    data["article"] |= {
        "text": f"{data['article']['text']}\n{ALL}",
        "title": HOSTILE[number % len(HOSTILE)] * (40_000 if number == 0 else 3),  # the first has 1 MB
        "publisher": ALL,
        "credit": ALL,
        "url": "javascript:alert(document.cookie)",
        "id": f"{HOSTILE[0]}{number}",
    }
    for kind, words in SPOILT.items():
        for record in data[kind]:
            record.update(words)
    if data["events"]:
        data["events"][-1]["id"] = f"../{HOSTILE[1]}"
    data["notes"] = [ALL]
    return Reading.model_validate(data)


@pytest.fixture(scope="module")
def hostile_path(tmp_path_factory, gold_readings):
    from chancery.follow.store import follow_ledger
    from chancery.ledger.corrections import Wish, correct

    path = tmp_path_factory.mktemp("hostile") / "hostile.ledger"
    busy = sorted(gold_readings, key=lambda one: -len(one.events) - len(one.statements))[:6]
    with Ledger.create(path) as ledger:
        entries = [Entry(spoilt(one, at), ALL, ALL) for at, one in enumerate(busy)]
        keys = [one.version_key for one in ledger.add_all(entries)]
        again = spoilt(busy[0], 0)
        article = again.article.model_copy(update={"text": again.article.text + HOSTILE[0]})
        ledger.add(again.model_copy(update={"article": article}))
        follow_ledger(ledger)
        with ledger.begin() as connection:
            first = ledger.reading(keys[1])
            wish = Wish("event", first.events[0].id, "accept", made_by=ALL.replace("\0", ""), reason=ALL)
            correct(connection, keys[1], wish)
    return path


@pytest.fixture(scope="module")
def hostile(hostile_path, client_of):
    with client_of(hostile_path) as made:
        yield made


def routes(method):
    """Yield the paths of all routes that take a method."""
    from chancery.server import assets
    from chancery.server.pages import ROUTERS

    yield from (("/api/openapi.json",) if method == "GET" else ())
    for router in (*ROUTERS, assets.router):
        for route in router.routes:
            if method in route.methods:
                yield route.path


def examples(path):
    """Give values to the parameters of a path: those of the hostile ledger, and hostile ones."""
    values = {
        "version_key": ["1", "2", "7"],
        "record_id": ["e1", "s1", "..%2F%22%3E%3Cimg", "%7B%7B1337*7331%7D%7D"],
        "record_id:path": ["e1", "../../x"],
        "correction_key": ["1"],
        "kind": ["event", "statements", "events", "positions", "figures", "reports"],
        "id": ["RUS", "%3Cscript%3E", "..%2F..%2Fetc%2Fpasswd", "%00"],
        "name": ["style.css", "..%2F..%2Fapp.py", "%3Cscript%3E"],
    }
    values |= dict.fromkeys(("actor", "actor_id", "a", "b", "first", "second", "one", "other"), values["id"])
    values |= {f"{name}:path": found for name, found in list(values.items()) if ":" not in name}
    made = [path]
    for name in re.findall(r"\{([^}]+)\}", path):
        assert name in values, f"give {name} of {path} an example here"
        made = [one.replace(f"{{{name}}}", value) for one in made for value in values[name]]
    return made


def pages():
    return sorted({one for path in routes("GET") for one in examples(path)})


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_reports_can_bring_nothing_into_a_page_that_runs_or_leads_astray(hostile, hostile_path, soup):
    before = digest(hostile_path)
    faults, seen = [], 0
    for path in pages():
        answer = hostile.get(path)
        assert answer.status_code < 500, path
        assert answer.headers["content-security-policy"] == POLICY, path
        if "text/html" not in answer.headers["content-type"]:
            continue
        seen += answer.status_code == 200
        faults += [f"{path}: {fault}" for fault in (*faults_of(answer), *faults_in(soup(answer)))]
    assert not faults, "\n".join(faults)
    assert seen > 15
    assert digest(hostile_path) == before  # reading writes nothing


def faults_of(answer):
    if len(answer.content) >= LARGEST_PAGE:
        yield f"{len(answer.content)} bytes"
    if found := UNSEEN.search(answer.text):
        yield f"{found[0]!r} after {answer.text[max(0, found.start() - 80) : found.start()]!r}"
    if EVALUATED in answer.text:
        yield "a template was run"


LINKS = {"href", "src", "action", "formaction", "poster", "data"}


def faults_in(page):
    """Yield what is on a page that its own templates would not put there."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            yield f"a comment or an instruction came in: {element!r}"
            continue
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"{name}={value}"
            if name in LINKS and not re.match(r"(/(?!/)|#|\?|https?://|data:,$)", value):
                yield f"{name}={value}"
        if element.tag in {"iframe", "object", "embed", "base", "frame", "applet"}:
            yield f"<{element.tag}>"
    for script in page.iter("script"):
        own = script.get("src", "").startswith("/static/") and not (script.text or "").strip()
        if not own and script.get("type") != "application/json":
            yield f"a script: {script.text}"


def test_csv_runs_no_formula(hostile):
    for path in pages():
        if path.endswith(".csv"):
            for cell in re.findall(r'(?:^|,)"?([^",\n]*)', hostile.get(path).text):
                assert not re.match(r"[=+@\t]|-(?![\d.])", cell), (path, cell)


# Words that are something else to a database, a template, a shell, a path or a search.
ATTEMPTS = (
    "' OR 1=1 --", '"; DROP TABLE reports; --', "1) UNION SELECT text FROM report_versions --", "%' ESCAPE '",
    "{{ 1337 * 7331 }}", "{% include '/etc/passwd' %}", "${1337*7331}", "<%= 1337*7331 %>", "<script>",
    "../../etc/passwd", "\x00", "\U0001f600", "NEAR(a b", '"unbalanced', "*", "a AND OR b", "^:", "-", "(",
    "\u202e", "9" * 30, "-1", "1e309", "NaN", "true", "2022-13-45", "0000-00-00", "9999-12-31", "x" * 600, "",
)  # fmt: skip


def test_no_parameter_lets_words_become_a_query_or_a_template(client, ledger_path):
    before = digest(ledger_path)
    operations = client.app.openapi()["paths"]
    tried = 0
    for path, methods in operations.items():
        here = examples(path)[0]
        for parameter in methods.get("get", {}).get("parameters", []):
            if parameter["in"] != "query":
                continue
            for attempt in ATTEMPTS:
                answer = client.get(here, params={parameter["name"]: attempt})
                assert answer.status_code < 500, (here, parameter["name"], attempt)
                assert EVALUATED not in answer.text, (here, parameter["name"], attempt)
                assert "root:x:" not in answer.text
                tried += 1
    assert tried > 300
    assert digest(ledger_path) == before


def test_filters_find_nothing_more_by_an_injection(client):
    everything = len(client.get("/ledger/events.json?limit=1000").json()["rows"])
    for attempt in ("' OR 1=1 --", "%", "_", '" OR ""="'):
        for name in ("place", "publisher", "act", "status", "text"):
            answer = client.get("/ledger/events.json", params={name: attempt, "limit": 1000})
            if answer.status_code == 200:
                assert len(answer.json()["rows"]) < everything, (name, attempt)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/..%2Fapp.py", "/static/%2e%2e%2fsecurity.py", "/static/..%5Capp.py",
        "/static//etc/passwd", "/static/%2Fetc%2Fpasswd", "/static/style.css%00.js", "/static/.", "/static/",
        "/..%2f..%2fetc%2fpasswd", "/paste/..%2f..%2fetc%2fpasswd", "/reports/..%2f1", "/templates/base.html",
        "/reports/1/event/..%2f..%2f..%2fetc%2fpasswd",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_its_folder(client, path):
    answer = client.get(path)
    assert answer.status_code in {400, 404, 422}, answer.text[:200]
    assert "import" not in answer.text
    assert answer.headers["content-security-policy"] == POLICY


# Forms


@pytest.fixture
def own_client(own_ledger, client_of):
    with client_of(own_ledger) as made:
        yield made


def token_of(client, page="/corrections"):
    answer = client.get("/paste" if page == "/corrections" else page)
    return re.search(r'name="token" value="([0-9a-f]+)"', answer.text)[1]


def posts():
    found = sorted({one for path in routes("POST") for one in examples(path)[:1]})
    assert len(found) >= 6
    return found


@pytest.mark.parametrize("token", [None, "", "0" * 64, "é", "other"])
def test_no_form_is_taken_without_the_token_of_its_browser(own_client, own_ledger, token):
    before = digest(own_ledger)
    own_client.get("/paste")
    if token == "other":  # noqa: S105
        cookies = dict(own_client.cookies)
        own_client.cookies.clear()
        token = token_of(own_client)
        own_client.cookies.clear()
        own_client.cookies.update(cookies)
    data = {"do": "reject", "entry": "event:e1", "text": "A text."} | (
        {} if token is None else {"token": token}
    )
    for path in posts():
        answer = own_client.post(path, data=data, follow_redirects=False)
        assert answer.status_code == 403, path
        assert answer.headers["content-security-policy"] == POLICY
    assert digest(own_ledger) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_no_form_is_taken_from_another_origin(own_client, own_ledger, headers):
    before = digest(own_ledger)
    data = {"token": token_of(own_client), "do": "reject", "entry": "event:e1", "text": "A text."}
    for path in posts():
        assert own_client.post(path, data=data, headers=headers).status_code == 403, path
    assert digest(own_ledger) == before


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:1"])
def test_a_form_leads_to_this_application_only(own_client, own_ledger, to):
    from chancery.ledger.corrections import Wish, correct

    with Ledger.open(own_ledger, writing=True) as ledger, ledger.begin() as connection:
        correct(connection, 1, Wish("statement", "s1", "accept"))
    data = {"token": token_of(own_client), "back": to}
    answer = own_client.post("/corrections/1/undo", data=data, follow_redirects=False)
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_methods_that_no_page_takes_are_refused_and_bodies_that_are_no_form_too(own_client):
    for method in ("PUT", "DELETE", "PATCH", "POST"):
        assert own_client.request(method, "/reports/1").status_code == 405
    answer = own_client.post("/paste", content=b"\xff\xfe{", headers={"content-type": "application/json"})
    assert answer.status_code == 403
    broken = {"content-type": "multipart/form-data; boundary=x"}
    assert own_client.post("/paste", content=b"--x\r\nno", headers=broken).status_code in {400, 403}
    many = "&".join(f"f{number}=1" for number in range(5000))
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert own_client.post("/paste", content=many, headers=form).status_code in {400, 403}


# Who is let in


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "127.0.0.1.evil.example", ""])
def test_a_name_that_is_not_its_own_is_refused(client, host):
    answer = client.get("/corrections", headers={"host": host})
    assert answer.status_code == 400
    assert answer.headers["content-security-policy"] == POLICY


def test_every_answer_carries_the_policy_also_when_a_page_fails(ledger_path, client_of, monkeypatch):
    with client_of(ledger_path) as client:
        page = client.get("/reports/1")
        again = client.get("/reports/1", headers={"if-none-match": page.headers["etag"]})
        monkeypatch.setattr("chancery.server.pages.reports.version_head", lambda *_: 1 / 0)
        failed = client.get("/reports/2")
        answers = [page, again, failed, client.get("/nowhere"), client.get("/ledger/events?limit=x")]
        monkeypatch.undo()
        answers += [client.get("/reports/1.json"), client.post("/nowhere"), client.get("/static/app.js")]
    assert [one.status_code for one in answers] == [200, 304, 500, 404, 422, 200, 404, 200]
    assert "ZeroDivisionError" not in failed.text
    for one in answers:
        assert one.headers["content-security-policy"] == POLICY
        assert one.headers["x-content-type-options"] == "nosniff"
        assert one.headers["x-frame-options"] == "DENY"
        assert "server" not in one.headers


class TestToken:
    @pytest.fixture
    def guarded(self, ledger_path, client_of):
        with client_of(ledger_path, token="sesame") as made:  # noqa: S106
            yield made

    @pytest.mark.parametrize(
        ("headers", "query"),
        [
            ({}, ""),
            ({}, "?token=wrong"),
            ({}, "?token="),
            ({"authorization": "Bearer wrong"}, ""),
            ({"authorization": "Bearer"}, ""),
            ({"authorization": "Basic sesame"}, ""),
            ({"cookie": "chancery_access=sesame"}, ""),
            ({"cookie": "chancery_access=é".encode()}, ""),
        ],
    )
    def test_without_it_nothing_is_shown(self, guarded, headers, query):
        for path in ("/", "/reports/1.json", "/static/style.css", "/api/openapi.json", "/nowhere"):
            answer = guarded.get(path + query, headers=headers, follow_redirects=False)
            assert answer.status_code == 401, path
            assert len(answer.text) < 200
            assert answer.headers["content-security-policy"] == POLICY
        assert guarded.post("/paste" + query, headers=headers, data={"text": "A."}).status_code == 401

    def test_programs_send_it_as_bearer(self, guarded):
        assert guarded.get("/reports/1.json", headers={"authorization": "Bearer sesame"}).status_code == 200

    def test_a_browser_shows_it_once_and_it_leaves_the_address(self, guarded):
        answer = guarded.get("/ledger/events?act=AID&token=sesame", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/ledger/events?act=AID")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "sesame" not in cookie
        assert guarded.get("/reports/1").status_code == 200

    @pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "///evil.example"])
    def test_the_way_on_stays_here(self, guarded, path):
        answer = guarded.get(f"http://testserver{path}?token=sesame", follow_redirects=False)
        assert re.match(r"/(?![/\\])", answer.headers["location"])


def test_other_addresses_than_this_machines_need_a_token(ledger_path):
    from typer.testing import CliRunner

    from chancery.cli import app

    found = CliRunner().invoke(app, ["serve", str(ledger_path), "--bind", "0.0.0.0"])  # noqa: S104
    assert found.exit_code != 0
    assert "--token" in found.output


def test_the_connection_of_pages_cannot_write(ledger_path):
    from sqlalchemy.exc import OperationalError

    from chancery.server.desk import Desk
    from chancery.server.settings import Settings

    desk = Desk(Settings(ledger_path))
    with desk.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM reports")


# Requests that follow the schema, and such that do not


EXAMPLES = settings(
    max_examples=int(os.environ.get("CHANCERY_EXAMPLES", "15")),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_no_request_of_the_schema_makes_a_server_error(client, ledger_path):
    before = digest(ledger_path)
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", client.app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:

        @EXAMPLES
        @given(case=operation.as_strategy())
        def check(case):
            answer = case.call(base_url="http://testserver")
            assert answer.status_code < 500, answer.text

        check()
    assert digest(ledger_path) == before


def test_the_hostile_words_are_in_no_file_of_the_application():
    """What the tests look for must come from the reports alone."""
    import chancery.server

    for file in Path(chancery.server.__file__).parent.rglob("*.html"):
        assert EVALUATED not in file.read_text(encoding="utf-8")
