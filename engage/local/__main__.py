"""The site on this machine.

python -m engage.local run             servers, migrations, the demo once, and the site on PORT (8000) with its worker
python -m engage.local with -- CMD …   a command with the servers running; its exit code is ours
python -m engage.local erase           delete what ENGAGE_DATA holds
python -m engage.local chromium        see to a Chromium for the browser tests
"""

import os
import socket
import sys
import time
from pathlib import Path
from textwrap import indent
from urllib.parse import quote

from engage.local import chromium
from engage.local.binaries import find_postgres
from engage.local.child import Stopped, await_page, child, end_with_parent, pass_through, stoppable
from engage.local.environ import environ
from engage.local.folders import SIGN_INS_FILE, CannotStart, data_folder, erase
from engage.local.services import is_kept, running


def main(arguments: list[str]) -> int:
    verbs = {"run": run, "erase": run_erase, "chromium": chromium.main}
    try:
        if arguments[:2] == ["with", "--"] and arguments[2:]:
            return run_with(arguments[2:])
        if len(arguments) == 1 and arguments[0] in verbs:
            return verbs[arguments[0]]()
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    except Stopped:
        say("Stopped.")
        return 0
    print(__doc__)
    return 2


def run() -> int:
    if os.environ.get("ENGAGE_LEASH"):
        end_with_parent()
    host, port = os.environ.get("HOST") or "127.0.0.1", port_number(os.environ.get("PORT") or "8000")
    require_free(host, port)
    data = data_folder()
    address = f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0', '::', '::1'} else host}:{port}"  # noqa: S104
    with stoppable():
        say(f"Starting PostgreSQL and Valkey in {data} …")
        with running(data, durable=True, say=say) as services:
            environment = {"SITE_URL": address} | environ(services, data, kind="local")
            code = step([sys.executable, "manage.py", "prepare_local"], environment)
            return code or serve(host, port, address, environment, data)


def step(command: list[str], environment: dict[str, str]) -> int:
    with child(command, environment) as process:
        return process.wait()


def serve(host: str, port: int, address: str, environment: dict[str, str], data: Path) -> int:
    embedded = is_kept(data)
    with child([sys.executable, "-m", "engage.local.serve", host, str(port)], environment) as server:
        if not await_page(f"http://{reachable(host)}:{port}/healthz", server.poll):
            print("The site does not start; the lines above say why.", file=sys.stderr)
            return 1
        with child([sys.executable, "-m", "engage.local.work"], environment) as worker:
            greet(address, data)
            while server.poll() is None:
                time.sleep(0.5)
                if embedded and not is_kept(data):
                    print(f"The database has stopped; the logs in {data} say why.", file=sys.stderr)
                    return 1
                if worker.poll() is not None:
                    print("The background worker has stopped; the lines above say why.", file=sys.stderr)
                    return 1
            return server.returncode or 1


def greet(address: str, data: Path) -> None:
    say(f"\nEngage is ready at {address}/")
    sign_ins = data / SIGN_INS_FILE
    if sign_ins.exists():
        say(f"\nDemo sign-ins at {address}/account/login/")
        say(indent(sign_ins.read_text().rstrip(), "  "))
    say(f"\nEmails the site sends are written to {data / 'mail'}")
    say("Press Ctrl-C to stop.")


def run_with(command: list[str]) -> int:
    data = data_folder()
    quick = os.environ.get("ENGAGE_ENV") == "test"
    with running(data, durable=not quick, say=say_aside) as services:
        environment = environ(services, data, kind="local")
        if services.folders:
            # So that `psql` and `pg_dump` are the ones that fit the server.
            tools = find_postgres(services.folders.home, services.folders.runner).bin
            environment["PATH"] = f"{tools}{os.pathsep}{environment['PATH']}"
        try:
            return pass_through(command, environment)
        except FileNotFoundError:
            print(f"There is no command {command[0]}.", file=sys.stderr)
            return 127


def run_erase() -> int:
    data = data_folder()
    if is_kept(data):
        raise CannotStart(
            f"The servers of {data} are running: stop them first (Ctrl-C where you started them)."
        )
    for folder in erase(data):
        say(f"Deleted {folder}")
    return 0


def port_number(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT is '{text}': it must be a number from 1 to 65535.")
    return int(text)


def require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CannotStart(
                f"Port {port} needs more rights than you have: choose one above 1023."
            ) from None
        except OSError:
            raise CannotStart(
                f"Port {port} is in use by another program: stop that, or choose another port, as in "
                "'make run PORT=8001'."
            ) from None


def reachable(host: str) -> str:
    any_address = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 — read, not bound
    return any_address.get(host) or (f"[{quote(host)}]" if ":" in host else host)


def say(line: str) -> None:
    print(line, flush=True)


def say_aside(line: str) -> None:
    """Not on standard output, which belongs to the command."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
