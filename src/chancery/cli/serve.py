"""``chancery serve``: the web application over a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chancery.cli.endings import quiet_endings
from chancery.errors import MissingExtraError

__all__ = ["serve"]

LedgerFile = Annotated[Path | None, typer.Argument(metavar="LEDGER", help="the ledger", show_default=False)]
Port = Annotated[int, typer.Option("--port", "-p", min=1, max=65535, help="port to listen at")]
Address = Annotated[
    str,
    typer.Option(
        "--bind", metavar="ADDRESS", help="address to listen at; others than this machine need --token"
    ),
]
Token = Annotated[
    str | None,
    typer.Option(
        metavar="WORDS",
        envvar="CHANCERY_TOKEN",
        help="what a reader has to show; better set by the variable than typed",
    ),
]
HostName = Annotated[
    list[str] | None,
    typer.Option(
        "--host",
        metavar="NAME",
        help="a name by which browsers may call it, as behind a reverse proxy; may be repeated",
    ),
]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="language model that pasted reports are read with")
]
Demo = Annotated[bool, typer.Option("--demo", help="show a sample ledger that comes with the package")]
Open = Annotated[bool, typer.Option("--open", help="open a browser")]


def serve(
    ledger: LedgerFile = None,
    *,
    port: Port = 8765,
    bind: Address = "127.0.0.1",
    token: Token = None,
    host: HostName = None,
    model: Model = None,
    demo: Demo = False,
    open_browser: Open = False,
) -> None:
    """Open a ledger in a browser: look, follow, check and correct.

    It listens on this machine only unless told otherwise. --demo reads some 120
    reports of February 2022 that come with the package, and shows those.
    """
    with quiet_endings():
        if (ledger is None) is not demo:
            raise typer.BadParameter("name a ledger, or give --demo", param_hint="LEDGER")
        try:
            import uvicorn  # noqa: PLC0415 - an extra

            from chancery.server.app import create_app  # noqa: PLC0415 - as above
            from chancery.server.settings import LOOPBACK, Settings  # noqa: PLC0415 - as above
        except ImportError as error:
            raise MissingExtraError("The web application", "server") from error
        if bind not in {"127.0.0.1", "::1", "localhost"} and not token:
            raise typer.BadParameter("others can reach this address: set --token, too", param_hint="--bind")
        ledger = ledger or _sample(model)
        hosts = (*LOOPBACK, bind, *(host or ()))
        app = create_app(Settings(ledger, hosts=hosts, token=token, model=model, warm=True))
        address = f"http://{bind}:{port}/"
        typer.echo(f"Chancery: {address}{'?token=' + token if token else ''} (Ctrl-C ends it)", err=True)
        if open_browser:
            typer.launch(address)
        uvicorn.run(
            app,
            host=bind,
            port=port,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=75,  # who reads a page for a minute finds the line open: 5 s cut readers off
        )


def _sample(model: str | None) -> Path:
    """Read the sample reports, with a line when that takes time."""
    from chancery.server.demo import demo_ledger  # noqa: PLC0415 - SQLAlchemy and the reader

    typer.echo("Chancery: opening the sample; its reports are read the first time ...", err=True)
    return demo_ledger(model=model)
