"""Build the package's tables of states, organizations, offices and people from the kb.

usage: build_knowledge.py KB_FOLDER

Reads countries, organizations, metonyms, offices and holders; writes the columns
that Chancery uses to src/chancery/knowledge/data. Ids are rewritten on the way:
``ORG:NATO`` to ``NATO``, a state's body to ``USA:cia``, a Wikidata id to
``person:sergey-lavrov``. Title variants that only repeat a title with the name of
its country are dropped, because the program reads the country by itself.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "chancery" / "knowledge" / "data"

# Titles that any holder of any office may bear; as variants of one office they would name its holder.
EVERYBODYS = frozenset({"minister"})

# States whose head is the head of other independent states as well.
SEVERAL_CROWNS = frozenset({"FRA", "GBR"})

type Row = dict[str, str]

# Short names of the long source texts; knowledge/data/README.md says what each stands for.
SOURCES = (
    ("Wikidata via every-politician-scrapers (CC0)", "W"),
    ("CIA World Factbook (public domain)", "F"),
    ("general knowledge, unchecked", "G"),
    ("start agrees with REIGN", "r"),
    ("still in office in mid-2025", ""),
    ("day of start:", ""),
    ("day of end:", ""),
    ("end:", ""),
)
# Bodies of a state whose id is built from the state's; everybody else goes by the usual short name.
STATE_BODIES = frozenset({"government_body", "military", "political_party", "court"})


# Letters that do not fall apart into a plain one and an accent.
ODD_LETTERS = str.maketrans("ıłŁđĐøØ", "ilLdDoO")


def rows(path: Path) -> list[Row]:
    """Read a table of the kb, or one of ours with comment lines above the header."""
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("#")]
    return list(csv.DictReader(lines))


def write(name: str, columns: tuple[str, ...], table: Iterable[Row]) -> None:
    """Write one table of the package."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    (DATA / name).write_text(out.getvalue(), encoding="utf-8")
    print(f"{name}: {out.getvalue().count(chr(10)) - 1} rows, {len(out.getvalue().encode()):,} bytes")


def slug(name: str) -> str:
    """Turn a name into the ASCII part of an id."""
    name = name.translate(ODD_LETTERS)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "").replace(".", "")).strip("-")


def words(cell: str) -> list[str]:
    """Split a list cell."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def source(text: str) -> str:
    """Shorten the statement of sources to letters."""
    found = [letter for long, letter in SOURCES if letter and long in text]
    return "".join(found) or "G"


class Rewriter:
    """The patches: ids that differ from the rule, and names that mislead."""

    def __init__(self) -> None:
        self.ids = {row["kb_id"]: row["id"] for row in rows(HERE / "data" / "actor_ids.csv")}
        self.more: dict[str, list[str]] = defaultdict(list)
        for row in rows(HERE / "data" / "more_names.csv"):
            self.more[row["owner"]].append(row["name"])
        self.bad = {(row["owner"], row["name"]) for row in rows(HERE / "data" / "bad_names.csv")}

    def good(self, owner: str, cell: str, *, more: bool = False) -> str:
        """Drop the misleading names of an owner from a list cell, and repetitions."""
        names = [*words(cell), *(self.more[owner] if more else ())]
        kept = [word for word in names if (owner, word) not in self.bad]
        return "|".join(dict.fromkeys(kept))

    def organization(self, row: Row) -> str:
        """Choose the id of an organization: its usual short name, or state and slug for a state's body."""
        kb_id = row["id"]
        if kb_id in self.ids:
            return self.ids[kb_id]
        name = re.sub(r"^The | \(.*\)$", "", row["name"])
        short = _short_name(kb_id, [name, *words(row["aliases"])]) or name
        if row["kind"] in STATE_BODIES and row["country"]:
            return f"{row['country']}:{slug(short)}"
        return short

    def actor(self, kb_id: str) -> str:
        """Rewrite a reference to a state or organization."""
        return self.ids.get(kb_id, kb_id.removeprefix("ORG:"))


def _short_name(kb_id: str, names: list[str]) -> str | None:
    wanted = kb_id.removeprefix("ORG:").split("_")[0].lower()
    for name in names:
        if re.sub(r"[^a-z0-9]", "", slug(name)) == wanted:
            return name
    return None


def states(kb: Path, rewrite: Rewriter) -> None:
    """Write the states and territories."""
    table = []
    for row in rows(kb / "countries.csv"):
        for column in ("aliases", "adjectives", "nouns", "capital_aliases", "metonyms"):
            row[column] = rewrite.good(row["id"], row[column])
        row["capital"] = rewrite.good(row["id"], row["capital"])
        row["source"] = "CFG"
        table.append(row)
    columns = (
        "id iso3 wikidata name aliases adjectives nouns capital capital_aliases status parent from to source"
    )
    write("states.csv", tuple(columns.split()), table)
    codes = "id iso2 iso3 numeric cow gw fips source"
    elsewhere = ("iso2", "cow", "gw", "fips")
    coded = [row | {"source": "CS"} for row in table if any(row[code] for code in elsewhere)]
    write("state_codes.csv", tuple(codes.split()), coded)


def organizations(kb: Path, rewrite: Rewriter) -> dict[str, str]:
    """Write the organizations; return how their ids were rewritten."""
    table, ids = [], {}
    for row in rows(kb / "organizations.csv"):
        kb_id = row["id"]
        if (kb_id, row["name"]) in rewrite.bad:
            row["name"] = next(alias for alias in words(row["aliases"]) if (kb_id, alias) not in rewrite.bad)
        row["aliases"] = rewrite.good(kb_id, "|".join([row["name"], row["aliases"]]), more=True).removeprefix(
            f"{row['name']}|"
        )
        ids[kb_id] = row["id"] = rewrite.organization(row)
        row["source"] = "G"
        table.append(row)
    table += rows(HERE / "data" / "more_organizations.csv")
    duplicates = sorted(_twice(row["id"] for row in table))
    if duplicates:
        raise SystemExit(f"two organizations with one id: {duplicates}")
    columns = "id name aliases kind country plover definite_descriptions members wikidata source"
    write("organizations.csv", tuple(columns.split()), table)
    return ids


def _twice(ids: Iterable[str]) -> set[str]:
    return {name for name, count in Counter(ids).items() if count > 1}


def metonyms(kb: Path, rewrite: Rewriter, ids: dict[str, str]) -> None:
    """Write the seats and buildings that stand for those inside."""
    table = []
    for row in rows(kb / "metonyms.csv"):
        row["aliases"] = rewrite.good(row["metonym"], row["aliases"])
        row["actor"] = ids.get(row["actor"], row["actor"])
        row["source"] = "G"
        table.append(row)
    table += rows(HERE / "data" / "more_metonyms.csv")
    write("metonyms.csv", ("metonym", "actor", "refers_to", "aliases", "source"), table)


def offices(kb: Path, ids: dict[str, str]) -> dict[str, str]:
    """Write the offices with the titles that do not only repeat their country; return the new ids."""
    forms = _name_forms(kb)
    table, new_ids = [], {}
    for row in rows(kb / "offices.csv"):
        kb_id = row["organization"]
        organization = ids.get(kb_id, kb_id)
        new_ids[row["office_id"]] = f"{organization or row['country']}:{row['office_id'].rsplit(':', 1)[1]}"
        row |= {"office_id": new_ids[row["office_id"]], "organization": organization, "source": "GW"}
        titles = [*words(row["title_variants"]), *words(row["held_titles"]), *GENERIC.get(row["role"], ())]
        row["title_variants"] = "|".join(_titles(titles, forms.get(row["country"] or kb_id, ())))
        table.append(row)
    columns = "office_id country organization role roles single_seat title_variants source"
    write("offices.csv", tuple(columns.split()), table)
    return new_ids


def _name_forms(kb: Path) -> dict[str, tuple[str, ...]]:
    table = [*rows(kb / "countries.csv"), *rows(kb / "organizations.csv")]
    forms = {
        row["id"]: {row["name"], *words(row["aliases"]), *words(row.get("adjectives", ""))} for row in table
    }
    return {
        kb_id: tuple(sorted(names, key=lambda name: (-len(name), name))) for kb_id, names in forms.items()
    }


def _titles(titles: list[str], forms: tuple[str, ...]) -> Iterator[str]:
    """Yield the titles without the country or organization around them, each once."""
    seen = set(EVERYBODYS)
    for title in titles:
        bare = _bare(title.removeprefix("the "), forms)
        cut = bare.split()[-1].lower() in CUT_WORDS  # "Prime Minister and Minister of", cut in the source
        if bare.lower() not in seen and not cut:
            seen.add(bare.lower())
            yield bare


# What an office is called by its role, whatever its title.
GENERIC = {"head_of_state": ("Head of State",), "head_of_government": ("Head of Government",)}
CUT_WORDS = frozenset({"of", "the", "for", "and", "to"})


def _bare(title: str, forms: tuple[str, ...]) -> str:
    for form in forms:
        for before in (f"{form} ", f"{form}'s ", f"the {form} "):
            if title.startswith(before):
                return title.removeprefix(before)
        for after in (f" of {form}", f" of the {form}"):
            if title.endswith(after):
                return title.removesuffix(after)
    return title


# The Factbook's heads of Hong Kong and Macau, written behind their state: a second Xi Jinping.
MISREAD = frozenset({"P-china-xi-jinping"})


def people(kb: Path, rewrite: Rewriter, office_ids: dict[str, str]) -> None:
    """Write the people, and which office each held when."""
    table = [row for row in rows(kb / "holders.csv") if row["person_id"] not in MISREAD]
    ids = _person_ids(table, rewrite)
    persons: dict[str, Row] = {}
    tenures = []
    ruled = _ruled_from_elsewhere(kb, table)
    for row in table:
        person = ids[row["person_id"]]
        known = persons.setdefault(
            person, {"id": person, "name": row["name"], "aliases": "", "gender": "", "wikidata": ""}
        )
        known["aliases"] = "|".join(dict.fromkeys([*words(known["aliases"]), *words(row["aliases"])]))
        known["gender"] = known["gender"] or row["gender"]
        known["wikidata"] = known["wikidata"] or row["wikidata"]
        if (row["office_id"], row["person_id"]) in ruled:
            continue
        row |= {"person": person, "office_id": office_ids[row["office_id"]], "source": source(row["source"])}
        tenures.append(row)
    write("people.csv", ("id", "name", "aliases", "gender", "wikidata"), persons.values())
    columns = "office_id person from to seen_until acting source"
    write("holders.csv", tuple(columns.split()), tenures)


def _ruled_from_elsewhere(kb: Path, table: list[Row]) -> set[tuple[str, str]]:
    """Find who heads a state as a second office, and speaks for the first one.

    The US President heads American Samoa and speaks for the USA; the British monarch
    heads Canada, the French President is a Co-prince of Andorra.
    """
    status = {row["iso3"]: row["status"] for row in rows(kb / "countries.csv")}
    heads = [
        (row["office_id"].split(":")[0], row) for row in table if row["office_id"].endswith("head_of_state")
    ]
    sovereigns = {row["person_id"] for state, row in heads if status.get(state) == "independent"}
    at_home = {row["person_id"] for state, row in heads if state in SEVERAL_CROWNS}
    return {
        (row["office_id"], row["person_id"])
        for state, row in heads
        if (status.get(state) == "dependency_or_other" and row["person_id"] in sovereigns)
        or (state not in SEVERAL_CROWNS and row["person_id"] in at_home)
    }


def _person_ids(table: list[Row], rewrite: Rewriter) -> dict[str, str]:
    """Give every person the slug of the name; namesakes after the first carry their kb id as well."""
    named: dict[str, dict[str, None]] = defaultdict(dict)
    for row in table:
        named[slug(row["name"])][row["person_id"]] = None
    ids = {}
    for name, namesakes in named.items():
        for number, person in enumerate(namesakes):
            plain = f"person:{name}" if number == 0 else f"person:{name}-{slug(person)}"
            ids[person] = rewrite.ids.get(person, plain)
    return ids


def main(kb: Path) -> None:
    """Build every table."""
    rewrite = Rewriter()
    states(kb, rewrite)
    ids = organizations(kb, rewrite)
    metonyms(kb, rewrite, ids)
    people(kb, rewrite, offices(kb, ids))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
