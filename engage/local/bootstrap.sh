#!/bin/sh
# Finds a Python for the site, lets it make .venv (environment.py), and then runs the rest of the line in it:
#   sh engage/local/bootstrap.sh runtime|dev [arguments for .venv/bin/python]
# POSIX sh, because the machine's own python3 may be too old or missing.
set -u
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 1
root=$(CDPATH= cd -- "$here/../.." && pwd) || exit 1
lock=$1
shift
incomplete=

# Is "$1" a Python we can use? One that lacks only its venv module is remembered, so that we can name it.
usable() {
    [ -x "$1" ] || return 1
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1 || return 1
    "$1" -c 'import ensurepip, ssl, venv' >/dev/null 2>&1 && return 0
    incomplete=$1
    return 1
}

find_python() {
    for name in "${PYTHON:-}" python3.13 python3.14 python3.12 python3; do
        [ -n "$name" ] || continue
        python=$(command -v "$name" 2>/dev/null) && usable "$python" && return 0
    done
    home=${HOME:-/nonexistent}
    pyenv=${PYENV_ROOT:-$home/.pyenv}
    uv=${UV_PYTHON_INSTALL_DIR:-${XDG_DATA_HOME:-$home/.local/share}/uv/python}
    for python in \
        "$pyenv"/versions/3.13*/bin/python3 "$home"/.pyenv/versions/3.13*/bin/python3 \
        "$uv"/cpython-3.13*/bin/python3 \
        "$pyenv"/versions/3.1[2-9]*/bin/python3 "$home"/.pyenv/versions/3.1[2-9]*/bin/python3 \
        "$uv"/cpython-3.1[2-9]*/bin/python3; do
        usable "$python" && return 0
    done
    return 1
}

python=$root/.venv/bin/python
if ! { [ -x "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }; then
    if ! find_python; then
        if [ -n "$incomplete" ]; then
            echo "$incomplete has no venv module: install it (on Debian and Ubuntu 'apt-get install python3-venv') and run this again." >&2
        else
            echo "Engage needs Python 3.12 or newer and none was found: install it from your system's packages, or with 'pyenv install 3.13' or 'uv python install 3.13', or name one with PYTHON=/path/to/python3, and run this again." >&2
        fi
        exit 1
    fi
fi

"$python" "$here/environment.py" "$lock" || exit $?
[ $# -eq 0 ] && exit 0
exec "$root/.venv/bin/python" "$@"
