#!/bin/sh
# Pin every dependency with hashes, for all platforms and Pythons at once (needs uv on PATH).
# Lock files name packages, versions and hashes, and no address they come from.
set -eu
lock() {
    name=$1
    shift
    uv pip compile pyproject.toml "$@" --universal --python-version 3.12 --generate-hashes --quiet \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file "requirements/$name.txt"
}
lock run --group build
lock server --group build --extra server
lock ray --group build --extra ray
lock fuzz --group build --group test --group fuzz
lock test --group build --group test
lock dev --group build --group test --group lint --group data --group docs
