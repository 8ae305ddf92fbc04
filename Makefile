# The targets that a repository of recipes has, on the recipes of our own: RECIPES=path for another tree.
RECIPES ?= examples/recipes
ESLINT = node node_modules/eslint/bin/eslint.js

.PHONY: qualify lint-images pin-digests

## Everything that must hold before a commit; needs no network.
qualify: node_modules
	npm run lint
	npm run types
	npm run docs:check
	npm test

## Reports what is not pinned; asks no registry.
lint-images: node_modules dist
	$(ESLINT) --max-warnings 0 $(RECIPES)

## Looks digests up at their registries and pins in place; what is pinned leaves eslint-suppressions.json.
pin-digests: node_modules dist
	$(ESLINT) --fix --prune-suppressions $(RECIPES)

node_modules: package-lock.json
	npm ci
	touch node_modules

dist: $(shell find lib rules -name '*.ts')
	npm run build
	touch dist
