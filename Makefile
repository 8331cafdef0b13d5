# Veduta: `make help` lists what there is.
#
# Everything is built in the one profile `release`, so that Bevy is built once per machine. CARGO_TARGET_DIR is
# respected where it is set.

.DEFAULT_GOAL := help
.PHONY: help demo test lint setup-demo setup-test

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F '|' '{ printf "%-20s %s\n", $$1, $$2 }'

demo: setup-demo ## install what is missing, build, and open the demo city (without a display: write pictures of it)
	cargo build --release --bin veduta
	@scripts/demo.sh

test: setup-test ## install what is missing and run all tests
	@scripts/test.sh

lint: ## check formatting, and clippy with warnings as errors
	cargo fmt --all --check
	cargo clippy --release --workspace --all-targets -- -D warnings

setup-demo: ## install what the demo needs (Debian, Ubuntu) and say why
	@scripts/setup.sh demo

setup-test: ## install what the tests need (Debian, Ubuntu) and say why
	@scripts/setup.sh test
