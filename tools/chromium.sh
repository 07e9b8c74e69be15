#!/usr/bin/env bash
# Install Chromium for the browser tests where it is missing and we may; else say that they are skipped.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests"
  export DEBIAN_FRONTEND=noninteractive
  if { apt-get update -q && apt-get install -q -y --no-install-recommends chromium; } >/dev/null 2>&1; then
    exit 0
  fi
fi
echo "Chromium is not here and cannot be installed: browser tests are skipped."
