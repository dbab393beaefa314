#!/bin/sh
# Print the path of a Python 3.12 or newer: $PYTHON, then PATH, then pyenv.
# 3.12 and 3.13 come first: every locked dependency has ready-made wheels for them.
set -u

fits() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    if fits "$PYTHON"; then command -v "$PYTHON"; exit 0; fi
    echo "PYTHON=$PYTHON is not a Python 3.12 or newer with venv; set PYTHON to one, or leave it out" >&2
    exit 1
fi
for name in python3.13 python3.12 python3.14 python3 python; do
    path=$(command -v "$name" 2>/dev/null) || continue
    # a pyenv shim exists for versions that are not switched on; asking it decides
    if fits "$path"; then echo "$path"; exit 0; fi
done
for version in 3.13 3.12 3.14 3; do
    for path in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python; do
        if [ -x "$path" ] && fits "$path"; then echo "$path"; exit 0; fi
    done
done
cat >&2 <<'END'
Chancery needs Python 3.12 or newer, with the venv module, and found none on PATH or in pyenv.
  Debian, Ubuntu:  apt install python3 python3-venv     (where python3 is 3.12 or newer)
  pyenv:           pyenv install 3.13
  elsewhere:       install Python 3.13, or name one: make demo PYTHON=/path/to/python3.13
END
exit 1
