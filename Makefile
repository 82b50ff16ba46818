# Every path here is relative, and everything in .venv is called as `python -m`: the project's own path may be long and
# may hold spaces, which neither make nor the first line of a script can bear.
#
# The first Python that is new enough; it only makes .venv.
PYTHON = $(shell for p in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PY = .venv/bin/python
LOCK = $(PY) -m uv pip compile --quiet pyproject.toml --extra semantic --generate-hashes --no-header --python-version 3.11 \
	--only-binary :all:
WITH_DATABASE = $(PY) -m wlga_portal.kernel.postgres with --
TRIAL = $(PY) -m wlga_portal.kernel.postgres trial --

WAPITI = xss,permanentxss,sql,file,exec,crlf,redirect,csp,http_headers,cookieflags,ssrf,xxe,backup,htaccess,methods,shellshock,log4shell

# What Python compiled is kept, whatever the caller's environment says: each of the many processes of a test would
# otherwise compile the portal anew.
unexport PYTHONDONTWRITEBYTECODE

.NOTPARALLEL:
.PHONY: help run scale-test test journeys deep check sbom wapiti clamd check-360 bench deadline readers lighthouse design messages messages-compile static migrate check-frozen load install-run install-dev lock clean drill

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-18s %s\n", $$1, $$2}' Makefile

run: export PORTAL_DEMO := $(or $(PORTAL_DEMO),1)
run: install-run ## start the portal with demonstration people; Ctrl-C stops it
	@$(PY) -m wlga_portal.launch --with-parent

test: install-dev messages-compile static ## the suite on real PostgreSQL (COVERAGE=1: with lines and branches counted)
	@$(TRIAL) $(PY) -m pytest -n 2 -m "not journey and not deep" $(if $(COVERAGE),--cov --cov-branch --cov-report=html:var/coverage)

journeys: install-dev messages-compile static ## the journeys in a real browser
	@$(PY) -m tools.browser
	@$(TRIAL) $(PY) -m tools.journeys

deep: install-dev messages-compile static ## what takes long: payloads, restore, drills
	@$(PY) -m tools.browser
	@$(TRIAL) $(PY) -m pytest -n 2 --maxschedchunk 1 -m deep

check: install-dev messages-compile static ## lint, types, imports, migrations, deployment, Welsh
	@$(WITH_DATABASE) $(PY) -m tools.check

sbom: install-dev ## the list of what the portal is made of (CycloneDX): var/sbom.json
	@$(PY) -m tools.sbom

wapiti: ## attack a running portal from outside: make wapiti URL=http://127.0.0.1:8000/en/ (installs wapiti apart, in var/wapiti); COOKIE="portal_session=…; portal_csrf=…" as somebody who is signed in
	@test -n "$(URL)" || { echo "Say where the portal runs: make wapiti URL=http://127.0.0.1:8000/en/" >&2; exit 1; }
	@test -x var/wapiti/bin/wapiti || { $(PYTHON) -m venv var/wapiti && var/wapiti/bin/python -m pip install --quiet "wapiti3~=3.2"; }
	@var/wapiti/bin/python var/wapiti/bin/wapiti -u "$(URL)" --scope folder -d 3 --max-links-per-page 40 --max-scan-time 900 --flush-session --no-bugreport $(if $(COOKIE),-H "Cookie: $(COOKIE)" -x "$(URL)account/sign-out/" -x "$(URL)account/sessions/*" -x "$(URL)demo/*") -m $(WAPITI) -f json -o var/wapiti/result.json

clamd: install-dev ## a scanner with a test signature alone, for trying uploads; Ctrl-C stops it
	@$(PY) -m tools.clamd

check-360: install-dev messages-compile ## awards against the schema of 360Giving: make check-360 SCHEMA=../shared/reference
	@test -n "$(SCHEMA)" || { echo "Say where the schema is: make check-360 SCHEMA=../shared/reference" >&2; exit 1; }
	@PORTAL_360_SCHEMA="$(SCHEMA)" $(TRIAL) $(PY) -m pytest -q tests/check_360.py

bench: install-dev messages-compile static ## measure the pages on twenty years of rows
	@$(WITH_DATABASE) $(PY) -m bench

deadline: install-dev messages-compile static ## the fund's last minutes: 200 officers save, 60 submit
	@$(WITH_DATABASE) $(PY) -m bench.deadline

readers: install-dev messages-compile static ## 50 board members read the papers of one meeting
	@$(WITH_DATABASE) $(PY) -m bench.readers

scale-test: install-dev messages-compile ## a primary, its replica, two web servers, two workers: each is lost once
	@$(PY) -m drill.scale

drill: install-dev messages-compile ## break what can break, in a portal of its own: make drill STEP=worker for one step
	@$(PY) -m drill $(STEP)

lighthouse: install-dev messages-compile static ## Lighthouse on ten public pages in both languages (needs Node)
	@cd tools/lighthouse && npm ci --silent
	@$(WITH_DATABASE) sh -c 'PORTAL_AS_OWNER=1 $(PY) manage.py migrate --verbosity 0 --no-input && $(PY) manage.py load_programme >/dev/null && $(PY) -m bench.lighthouse'

messages: install-dev ## extract texts into the Welsh catalogues (make messages APP=fund for one)
	@$(PY) -m tools.messages $(APP)

messages-compile: install-run ## compile the Welsh catalogues
	@$(PY) -m wlga_portal.launch.steps messages

static: install-run ## collect the static files
	@$(PY) -m wlga_portal.launch.steps static

design: ## compile the styles and the script of static/ anew (needs Node; the results are committed)
	@cd tools/design && npm ci && npm run build

migrate: install-run ## bring the database up to date, as its owner
	@PORTAL_AS_OWNER=1 $(PY) manage.py migrate --no-input

check-frozen: install-run ## whether every published edition and sent bid is still what its hash says
	@$(WITH_DATABASE) $(PY) manage.py check_frozen

load: install-run ## load the programme's facts; twice does no harm
	@$(PY) manage.py load_programme

install-run: ## .venv with what the portal needs
	@$(if $(PYTHON),$(PYTHON) tools/install.py run,echo "The portal needs Python 3.11 or newer: install python3 and python3-venv." >&2; exit 1)

install-dev: ## .venv with what tests and checks need as well
	@$(if $(PYTHON),$(PYTHON) tools/install.py dev,echo "The portal needs Python 3.11 or newer: install python3 and python3-venv." >&2; exit 1)

lock: install-dev ## write requirements/*.lock anew from pyproject.toml
	@$(LOCK) --output-file requirements/run.lock
	@$(LOCK) --group dev --extra s3 --constraint requirements/run.lock --output-file requirements/dev.lock

clean: ## remove what can be made again; the database stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage* var/static var/stamps
