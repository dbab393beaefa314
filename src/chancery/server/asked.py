"""What a page is asked: the filters of the command line, as parameters of its address."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Connection

from chancery.asking import asked_for
from chancery.ledger import Filter

__all__ = ["PAGE", "Asked", "AskedFor", "Form", "Paging", "Several"]

type Form = Literal["html", "json", "csv"]

# Rows of a page, and the most that one answer in JSON holds; CSV holds all.
PAGE = 50
MOST = 1000

Text = Annotated[str, Field(max_length=500)]
Several = Annotated[list[Text], Field(max_length=50)]


class Paging(BaseModel):
    """Which rows: parameters that all lists take."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, hide_input_in_errors=True)

    limit: Annotated[
        int, Field(ge=1, le=MOST, description="rows at most; CSV holds all rows unless it is given")
    ] = PAGE
    offset: Annotated[int, Field(ge=0, le=2**53, description="rows to leave out at the beginning")] = 0

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Any) -> Any:  # noqa: ANN401 - whatever was sent
        """Leave out empty values: a form without script sends one for every field that is left alone."""
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value not in ("", [""], [], None)}


class Asked(Paging):
    """Filters: they narrow each other, several values of one widen it, as with `chancery events`."""

    actor: Several = Field([], description="who speaks, acts or holds: an id or a name")
    country: Several = Field([], description="whoever belongs to a state: ISO code or name")
    organization: Several = Field([], description="a body, its organs and who holds office in it")
    members: bool = Field(
        default=False, description="with organization: whoever belongs to a member state, too"
    )
    toward: Several = Field([], description="who is spoken to or about, or acted on")
    act: Several = Field([], description="CONSULT, ASSAULT ... of events; demand, refuse ... of positions")
    status: Several = Field([], description="how real an event is: occurred, planned, denied ...")
    real_only: bool = Field(default=False, description="only what occurred or is going on")
    kind: Several = Field([], description="of figures, statements or actors")
    place: Several = Field([], description="a place by name, or a country by ISO code")
    first: date | None = Field(None, alias="from", description="first day of the event")
    last: date | None = Field(None, alias="to", description="last day of the event")
    since: date | None = Field(None, description="first day of publication")
    until: date | None = Field(None, description="last day of publication")
    publisher: Several = Field([], description="who put the report out")
    text: Text | None = Field(None, description='words in it: all of them, "a phrase", begin*, this OR that')
    reworded: bool = Field(default=False, description="only wordings that came after another; for reports")
    every_version: bool = Field(default=False, description="also wordings that later ones replaced")
    sort: Text | None = Field(
        None, description="published, day, score, publisher, act; reports, mentions, name"
    )
    ascending: bool = Field(default=False, description="smallest or earliest first")

    def filter(self, connection: Connection, form: Form = "html") -> Filter:
        """Make the filter; who is named is looked up in the ledger.

        Raises:
            LedgerError: nobody in the ledger is called so.
        """
        options: dict[str, Any] = self.model_dump()
        if form == "csv" and "limit" not in self.model_fields_set:
            options["limit"] = None
        return asked_for(connection, options)

    def without_empty(self) -> Self:
        """Leave out empty values, which a form without script sends for every field left alone."""
        kept = {name: [one for one in getattr(self, name) if one] for name in LISTS}
        return self.model_copy(update=kept | {"text": self.text or None, "sort": self.sort or None})


LISTS = tuple(name for name, field in Asked.model_fields.items() if field.default == [])

AskedFor = Annotated[Asked, Query()]
