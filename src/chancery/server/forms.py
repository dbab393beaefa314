"""What a form sends: checked, whole, and no larger than it may be."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import HTTPException, Request, Response
from starlette.datastructures import FormData, UploadFile

from chancery.server.security import check_form

__all__ = ["WRITE", "fields", "see_other", "send"]

# Fields of the largest form: every slot of a meeting of dozens.
MOST_FIELDS = 200
LONGEST_FIELD = 4_000_000  # bytes; a pasted report is the longest

WRITE = {"include_in_schema": False}  # forms are for people; programs read


async def send(request: Request) -> FormData:
    """Take a form in, if it was sent from a page of this application.

    Raises:
        Forbidden: it was not.
        HTTPException: it is no form.
    """
    form = await request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD)
    check_form(request, fields(form).get("token", ""))
    return form


def fields(form: FormData) -> Mapping[str, str]:
    """Return the fields that hold text, without what no text may hold."""
    return {
        name: value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
        for name, value in form.items()
        if not isinstance(value, UploadFile)
    }


def see_other(path: str) -> Response:
    """Lead on to a page: sending a form again by going back does nothing twice."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise HTTPException(400, "A form leads to a page of this application only.")
    return Response(status_code=303, headers={"Location": path})
