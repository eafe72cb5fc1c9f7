# make demo    install, then show the whole of it on the five real documents and the invented law
# make test    install, then lint and the whole test suite
# make lint    ruff, its formatter and mypy
# make site    the project's own site, from versions/, into site/public
# make bench   the benchmarks
# make clean   remove what was built here, the virtual environment included
#
# PYTHON=python3.12 make test    takes that interpreter instead of the first one that is new enough

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYTHONUTF8 = 1
export NO_MKDOCS_2_WARNING = 1

BIN := .venv/bin
CODE := tracker tests benchmarks

.PHONY: help demo test check-code lint format site bench clean

help:
	@sed -n 's/^# //p' Makefile

demo:
	@.ci/environment site
	@.ci/demo

test:
	@.ci/environment dev
	@.ci/system-packages
	@$(MAKE) --no-print-directory check-code
	$(BIN)/python -m pytest -q -n auto --dist loadfile

lint:
	@.ci/environment dev
	@$(MAKE) --no-print-directory check-code

check-code:
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy

format:
	@.ci/environment dev
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

site:
	@.ci/environment site
	$(BIN)/tracker site build

bench:
	@.ci/environment bench
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist site/public site/docs/laws site/docs/api
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis
