# Two commands are all that a newcomer needs: `make run` and `make test`.
# Where Homebrew keeps the libraries that draw the papers; elsewhere these folders are not there.
export DYLD_FALLBACK_LIBRARY_PATH := /opt/homebrew/lib:/usr/local/lib
.PHONY: run test bench fmt messages lock

run: ## the portal, from nothing to the sign-in page
	@.ci/setup run
	@exec .venv/bin/python manage.py up

test: ## everything: linters, the suite on PostgreSQL and Redis, then the embedded part on SQLite
	@.ci/setup test
	@exec .ci/test $(ARGS)

bench: ## ratios against floors measured in the same run
	@.ci/setup test
	@exec .venv/bin/python .ci/with_servers.py .venv/bin/python -m tests.benchmarks $(ARGS)

fmt: ## format code and templates
	.venv/bin/ruff check --fix-only -q .
	.venv/bin/ruff format -q .
	.venv/bin/djlint --reformat --quiet templates || true

messages: ## collect the strings to translate, in alphabetical order; stale and empty ones fail the tests
	.venv/bin/python manage.py makemessages -v0 -l kk -l ru -d django -e html,txt,py --no-wrap \
		--add-location=file --no-obsolete \
		--ignore=.venv --ignore=node_modules --ignore=var --ignore=tests --ignore=docs
	@for po in locale/kk/LC_MESSAGES/django.po locale/ru/LC_MESSAGES/django.po; do \
		sed -e '/^"POT-Creation-Date/d' -e '/^"Report-Msgid-Bugs-To/d' $$po | msgcat --sort-output --no-wrap -o $$po.sorted - && mv $$po.sorted $$po; done

lock: ## resolve the dependencies anew; the locks carry hashes and no host name
	@.ci/setup lock
