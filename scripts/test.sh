#!/usr/bin/env bash
# Runs all tests of the workspace in the one profile there is, and says what ran.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -d ../shared/data ]]; then
    echo "test: real files by others are in ../shared/data; the tests that read them run"
else
    echo "test: ../shared/data is not here; the tests that read real files by others are skipped"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
outcome=0
# The program first, by itself: with the other crates' tests in one build Cargo would choose other features
# for shared dependencies, and the engine would be built a second time.
cargo test --release --no-fail-fast 2>&1 | tee "$log" || outcome=$?
cargo test --release --workspace --exclude veduta --no-fail-fast 2>&1 | tee -a "$log" || outcome=$?

awk '
    /^test result:/ { suites++; passed += $4; failed += $6; ignored += $8 }
    END { printf "test: %d suites, %d tests passed, %d failed, %d ignored\n", suites, passed, failed, ignored }
' "$log"
grep -E '^test .* FAILED$' "$log" | sed 's/^/  /' || true
exit "$outcome"
