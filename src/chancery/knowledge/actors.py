"""Who acts in international affairs: states, organizations, offices and their holders.

One `Knowledge` answers three questions: whose name is this, who is behind an id,
and who held an office on a day. The tables come with the package (`data/README.md`
says from where); the user's own rows win over them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from chancery.errors import KnowledgeError
from chancery.knowledge.codes import sector_of, state_of
from chancery.knowledge.names import NameIndex, fold, split_name
from chancery.knowledge.offices import Office, Tenure
from chancery.knowledge.people import FAMILY_FIRST, person_id, surnames_of
from chancery.knowledge.tables import Row, cell_list, package_rows, read_user_table
from chancery.records import ActorKind

__all__ = ["Knowledge", "Known", "load_knowledge"]

# Kinds of the table of organizations that records do not tell apart.
RECORD_KIND: dict[str, ActorKind] = {
    "international_organization": "international_organization",
    "alliance": "international_organization",
    "court": "international_organization",
    "ngo": "ngo",
    "think_tank": "ngo",
    "armed_group": "armed_group",
    "military": "military",
    "government_body": "government_body",
    "political_party": "political_party",
    "political_movement": "political_party",
    "media": "media",
    "company": "company",
}
# A seat stands for the state itself, a building of one branch for that branch.
BRANCHES = {
    "foreign_ministry": "foreign-ministry",
    "defence_ministry": "defence-ministry",
    "finance_ministry": "finance-ministry",
    "legislature": "parliament",
    "intelligence": "intelligence",
    "military": "military",
}


class Known(NamedTuple):
    """Somebody in the tables."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    gender: str | None = None
    members: tuple[str, ...] = ()


class Knowledge:
    """Names, offices and holders, by day.

    `names` holds every name with what it is of: ``state``, ``adjective``,
    ``people``, ``capital``, ``metonym``, ``organization`` or ``person``;
    `descriptions` holds what organizations are called instead ("the Alliance"),
    and `titles` the titles of offices, both in lower case.
    """

    def __init__(self) -> None:
        self.names = NameIndex()
        self.descriptions = NameIndex(lower=True)
        self.titles = NameIndex(lower=True)
        self.offices: dict[str, Office] = {}
        self._known: dict[str, Known] = {}
        self._aliases: dict[str, tuple[str, ...]] = {}
        self._of_office: dict[str, list[Tenure]] = {}
        self._of_person: dict[str, list[Tenure]] = {}

    def known(self, actor: str) -> Known | None:
        """Return what the tables say of an actor id."""
        return self._known.get(actor)

    def aliases(self, actor: str) -> tuple[str, ...]:
        """Return the other names of a person."""
        return self._aliases.get(actor, ())

    def tenures(self, person: str) -> Sequence[Tenure]:
        """Return the offices that a person held."""
        return self._of_person.get(person, ())

    def holders(self, office: str, day: str) -> tuple[str, ...]:
        """Return who held an office on a day, the latest to come into it first."""
        holding = [tenure for tenure in self._of_office.get(office, ()) if tenure.covers(day)]
        holding.sort(key=lambda tenure: tenure.first, reverse=True)
        return tuple(dict.fromkeys(tenure.person for tenure in holding))

    @cached_property
    def _given(self) -> dict[str, Counter[str]]:
        table: dict[str, Counter[str]] = {}
        for known in self._known.values():
            if known.kind == "person" and known.gender:
                first = known.name.partition(" ")[0]
                table.setdefault(fold(first), Counter())[known.gender] += 1
        return table

    def given_name_gender(self, name: str) -> str | None:
        """Return the gender that nine in ten holders of a given name in the tables have."""
        counts = self._given.get(fold(name))
        if not counts:
            return None
        gender, count = counts.most_common(1)[0]
        return gender if count >= 0.9 * counts.total() else None

    @cached_property
    def by_surname(self) -> dict[str, list[str]]:
        """People by each form of their surname."""
        table: dict[str, list[str]] = {}
        for person, known in self._known.items():
            if known.kind == "person":
                for surname in self._surnames(known):
                    table.setdefault(surname, []).append(person)
        return table

    def _surnames(self, known: Known) -> Iterable[str]:
        family_first = any(
            self.offices[one.office].body[:3] in FAMILY_FIRST for one in self.tenures(known.id)
        )
        forms = [known.name, *self.aliases(known.id)]
        return dict.fromkeys(
            " ".join(form)
            for name in forms
            for form in surnames_of(split_name(name), family_first=family_first)
        )

    def enter_state(self, row: Row) -> None:
        """Enter a row of the table of states."""
        actor = row["id"]
        self._known[actor] = Known(actor, row["name"], "state", actor, wikidata=row.get("wikidata") or None)
        for name in (row["name"], *cell_list(row, "aliases")):
            self._name(name, "state", actor)
        for name in cell_list(row, "adjectives"):
            self.names.add(name, "adjective", actor)
        for name in cell_list(row, "nouns"):
            self.names.add(name, "people", actor)
        for name in (row.get("capital", ""), *cell_list(row, "capital_aliases")):
            if name:
                self.names.add(name, "capital", actor)

    def enter_organization(self, row: Row) -> None:
        """Enter a row of the table of organizations."""
        actor = row["id"].removeprefix("ORG:")
        kind = RECORD_KIND.get(row["kind"], "other")
        country = row.get("country") or (state_of(actor) if ":" in actor else None)
        sector = row.get("plover") or sector_of(actor)
        self._known[actor] = Known(
            actor,
            row["name"],
            kind,
            country,
            sector,
            row.get("wikidata") or None,
            members=tuple(cell_list(row, "members")),
        )
        for name in (row["name"], *cell_list(row, "aliases")):
            self._name(name.partition(" (")[0] if name.endswith(")") else name, "organization", actor)
        for name in cell_list(row, "definite_descriptions"):
            self.descriptions.add(name.removeprefix("the "), kind, actor)

    def _name(self, name: str, what: str, actor: str) -> None:
        """Enter a name, with a leading article and without: texts write "the New York Times" too."""
        bare = name.removeprefix("The ").removeprefix("the ")
        self.names.add(bare, what, actor)

    def enter_metonym(self, row: Row) -> None:
        """Enter a seat or building that stands for those inside."""
        branch = BRANCHES.get(row.get("refers_to", ""))
        actor = row["actor"].removeprefix("ORG:")
        target = f"{actor}:{branch}" if branch and state_of(actor) else actor
        for name in (row["metonym"], *cell_list(row, "aliases")):
            bare = name.removeprefix("the ")
            names = self.names.exactly(split_name(bare))
            if not names:
                self.names.add(bare, "metonym", target)
            elif names[0][0] == "capital":
                names.insert(0, ("capital", target))  # Brussels is the Union's seat before it is Belgium's

    def enter_office(self, row: Row) -> None:
        """Enter an office and its titles."""
        office = row["office_id"].removeprefix("ORG:")
        body = (
            (row.get("organization") or "").removeprefix("ORG:")
            or row.get("country")
            or office.rpartition(":")[0]
        )
        titles = tuple(cell_list(row, "title_variants"))
        roles = tuple(cell_list(row, "roles")) or (row["role"],)
        self.offices[office] = Office(
            office, body, row["role"], roles, titles, row.get("single_seat") != "no"
        )
        for title in titles:
            self.titles.add(title.removeprefix("the "), "title", office)

    def enter_person(self, row: Row) -> None:
        """Enter a person's names."""
        person = row["id"]
        aliases = tuple(cell_list(row, "aliases"))
        self._known[person] = Known(
            person,
            row["name"],
            "person",
            wikidata=row.get("wikidata") or None,
            gender=row.get("gender") or None,
        )
        self._aliases[person] = aliases
        for name in (row["name"], *aliases):
            self.names.add(name, "person", person)

    def enter_tenure(self, row: Row) -> None:
        """Enter one person's time in one office."""
        tenure = Tenure(
            row["office_id"].removeprefix("ORG:"),
            row["person"],
            row.get("from", ""),
            row.get("to", ""),
            row.get("seen_until", ""),
            row.get("acting") == "yes",
        )
        self._of_office.setdefault(tenure.office, []).append(tenure)
        self._of_person.setdefault(tenure.person, []).append(tenure)

    def enter_holder(self, row: Row) -> None:
        """Enter a user's row of an office-holder: the person, and the time in office, over the package's own.

        Raises:
            KnowledgeError: the office is in no table.
        """
        office = row["office_id"].removeprefix("ORG:")
        if office not in self.offices:
            raise KnowledgeError(f"office {office!r} is in no table of offices")
        given = row.get("person_id", "")
        person = given if given.startswith("person:") else person_id(row["name"])
        before = self._known.get(person)
        self.enter_person(
            {
                "id": person,
                "name": row["name"],
                "aliases": "|".join(dict.fromkeys((*self.aliases(person), *cell_list(row, "aliases")))),
                "gender": row.get("gender") or (before and before.gender) or "",
                "wikidata": row.get("wikidata") or (before and before.wikidata) or "",
            }
        )
        self._of_office[office] = [
            tenure for tenure in self._of_office.get(office, ()) if not _meet(tenure, row)
        ]
        self.enter_tenure({**row, "office_id": office, "person": person})


def _meet(tenure: Tenure, row: Row) -> bool:
    """Say whether a tenure lies within a user's row, which then stands in its place."""
    first, last = row.get("from", ""), row.get("to", "")
    return (not last or tenure.first <= last) and (not tenure.last or tenure.last > first)


def _enter(knowledge: Knowledge) -> dict[str, Callable[[Row], None]]:
    return {
        "states": knowledge.enter_state,
        "organizations": knowledge.enter_organization,
        "metonyms": knowledge.enter_metonym,
        "offices": knowledge.enter_office,
        "people": knowledge.enter_person,
        "holders": knowledge.enter_tenure,
    }


def load_knowledge(extra: Sequence[Path] = ()) -> Knowledge:
    """Read the tables that come with the package, and the user's own on top.

    Args:
        extra: CSV files in the columns of the package's tables; a row replaces ours of the same
            id, and a holder those who held the office at the time.

    Raises:
        KnowledgeError: a table is unreadable or unknown, or a row breaks a rule; its text names
            the file, the row and the rule.
    """
    knowledge = Knowledge()
    enter = _enter(knowledge)
    for name, entry in enter.items():
        for row in package_rows(name):
            entry(row)
    enter["holders"] = knowledge.enter_holder
    order = list(enter)  # holders name offices: the order of the files does not matter
    tables = sorted(((path, *read_user_table(path)) for path in extra), key=lambda one: order.index(one[1]))
    for path, name, table in tables:
        for number, row in enumerate(table, 2):
            try:
                enter[name](row)
            except KnowledgeError as error:
                raise KnowledgeError(f"{path}, row {number}: {error}") from None
    return knowledge
