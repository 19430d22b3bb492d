"""``girotondo``: the table of commands."""

from __future__ import annotations

import typer

from event_server.cli import backup, bots, demo, explain_command, import_list, plan_files, replay, serve

app = typer.Typer(
    name="girotondo",
    help="Runs speed-networking evenings.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command("serve")(serve.serve_command)
app.command("password")(serve.password_command)
app.command("backup")(backup.backup_command)
app.command("replay")(replay.replay_command)
app.command("plan")(plan_files.plan_command)
app.command("verify")(plan_files.verify_command)
app.command("explain")(explain_command.explain_command)
app.command("import")(import_list.import_command)
app.command("demo")(demo.demo_command)
app.command("bots")(bots.bots_command)


def main() -> None:
    """Run the command line."""
    app()
