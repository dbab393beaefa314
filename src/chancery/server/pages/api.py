"""The API page: what can be asked, made from the schema that programs read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from chancery.server.views import View, respond, to_page

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/api")
def api(request: Request) -> Response:
    """Show the addresses of the API with their parameters."""
    schema = request.app.openapi()
    context = {"operations": list(_operations(schema)), "about": schema["info"]["description"]}
    return respond(to_page(View("api.html", "API", context=context), "html", request), request)


def _operations(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Arrange the operations by address; CSV twins take the same parameters, and are named with the JSON."""
    paths: Mapping[str, Any] = schema["paths"]
    for path, methods in paths.items():
        for method, operation in methods.items():
            if path.endswith(".csv") and path.removesuffix(".csv") + ".json" in paths:
                continue
            yield {
                "method": method.upper(),
                "path": path,
                "csv": path.endswith(".json") and path.removesuffix(".json") + ".csv" in paths,
                "summary": operation.get("summary", ""),
                "parameters": [_parameter(one) for one in operation.get("parameters", ())],
            }


def _parameter(given: Mapping[str, Any]) -> dict[str, Any]:
    kind = given["schema"]
    kinds = [one.get("type") for one in kind.get("anyOf", [kind]) if one.get("type") != "null"]
    shown = " or ".join(str(one) for one in kinds if one) or "text"
    return {
        "name": given["name"],
        "place": given["in"],
        "kind": {"array": "text, may be repeated", "string": "text"}.get(shown, shown),
        "about": given.get("description") or kind.get("description") or "",
        "default": kind.get("default"),
    }
