# The targets of docs/make.md, for this repository: they run this checkout's own build on examples/recipes.
# RECIPES=path names another folder.
RECIPES ?= examples/recipes
# The bill of materials; BOM_REQUIRE_DIGESTS=1 fails where an image has neither a digest nor an exemption.
BOM ?= .cache/bom.cdx.json
BOM_REQUIRE_DIGESTS ?=

ESLINT = node node_modules/eslint/bin/eslint.js
IMAGES = node dist/lib/cli/main.js

.PHONY: qualify lint-images pin-digests verify-digests bom

## Everything that must hold before a commit; needs no network.
qualify: node_modules lint-images bom
	npm run lint
	npm run types
	npm run docs:check
	npm test

## Reports what is not pinned; asks no registry.
lint-images: node_modules dist
	$(ESLINT) --max-warnings 0 $(RECIPES)

## Looks digests up at their registries and pins in place; what is pinned leaves eslint-suppressions.json.
pin-digests: node_modules dist
	@$(IMAGES) pin $(RECIPES); code=$$?; $(ESLINT) --prune-suppressions $(RECIPES); exit $$code

## Asks the registries whether every digest is still right.
verify-digests: node_modules dist
	$(IMAGES) verify $(RECIPES)

## Writes the bill of materials; asks no registry.
bom: node_modules dist
	@mkdir -p $(dir $(BOM))
	$(IMAGES) bom --output $(BOM) $(if $(filter 1,$(BOM_REQUIRE_DIGESTS)),--require-digests) $(RECIPES)

node_modules: package-lock.json
	npm ci
	touch node_modules

dist: $(shell find lib rules -name '*.ts')
	npm run build
	touch dist
