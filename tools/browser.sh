#!/bin/sh
# Make sure that there is a Chromium for the browser tests: Debian's own, where packages may be installed.
# Without one those tests say so and are skipped; nothing else needs it.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "installing chromium for the browser tests ..."
    { timeout 240 apt-get install --yes --no-install-recommends chromium ||
        { timeout 120 apt-get update && timeout 240 apt-get install --yes --no-install-recommends chromium; }; } >/dev/null 2>&1 && exit 0
fi
echo "no chromium found and none could be installed: the browser tests will be skipped"
