# One word builds, tests or shows Kebu. On Debian or Ubuntu, Go and make are all that
# must be there; what else a target needs, it installs.

GO   ?= go
.DEFAULT_GOAL := help

GO_RELEASE := $(firstword $(shell $(GO) env GOVERSION))
ifeq ($(GO_RELEASE),)
$(error Go is not here or not in PATH: see https://go.dev/doc/install)
endif

# Without cgo everything but the window builds on a machine without a C compiler.
export CGO_ENABLED = 0
# Stamping fails in a checkout that belongs to another user, as in many a container.
export GOFLAGS := $(strip $(shell $(GO) env GOFLAGS) -buildvcs=false)

BUILD := build
TOOLS := $(BUILD)/tools

FUMPT_VERSION := v0.12.0
LINT_VERSION  := v2.15.0
GOFUMPT       := $(TOOLS)/$(FUMPT_VERSION)-$(GO_RELEASE)/gofumpt
GOLANGCI_LINT := $(TOOLS)/$(LINT_VERSION)-$(GO_RELEASE)/golangci-lint

# How long `make fuzz` gives each target; which benchmarks `make bench` runs, and the folder
# of the large export for its budgets, if it is there.
FUZZTIME ?= 10s
BENCH    ?=
DATA     ?= $(wildcard ../shared/data)

.NOTPARALLEL:
.PHONY: help run build test check vet format lint tidy race bench fuzz clean

help: ## says what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## fills a demo shop and shows it; leaves nothing behind
	@sh .ci/demo $(BUILD)/kebuctl

build: ## builds the programs into build/
	$(GO) build -o $(BUILD)/ ./cmd/kebuctl

test: ## runs every test, in a new order each time
	$(GO) test -shuffle=on ./...

check: vet format lint tidy race ## vet, gofumpt, golangci-lint, go.mod, races

bench: ## prints the budgets; with BENCH=regexp runs those benchmarks instead
ifeq ($(BENCH),)
	$(GO) build -o $(BUILD)/ ./cmd/kebuctl ./.ci/measure
	@GO='$(GO)' sh .ci/budgets $(BUILD)/kebuctl $(BUILD)/measure '$(DATA)'
else
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./...
endif

fuzz: ## fuzzes each target for FUZZTIME (10s)
	@GO='$(GO)' sh .ci/fuzz $(FUZZTIME)

clean: ## removes build/
	rm -rf $(BUILD)

# The parts of check, in the order in which they are quick to fail.

# The book is opened on all three systems, and each has files that only it compiles.
vet:
	$(GO) vet ./...
	GOOS=windows GOARCH=amd64 $(GO) vet ./...
	GOOS=darwin GOARCH=arm64 $(GO) vet ./...

format: $(GOFUMPT)
	@bad=$$($(GOFUMPT) -l .) || exit 1; \
	if [ -n "$$bad" ]; then printf '%s\n' "$$bad" 'not formatted: run $(GOFUMPT) -w .'; exit 1; fi

lint: $(GOLANGCI_LINT)
	$(GOLANGCI_LINT) run ./... ./.ci/measure

tidy:
	$(GO) mod tidy -diff

# The race detector is C code: the one check that needs a compiler.
race:
	@GO='$(GO)' sh .ci/compiler
	CGO_ENABLED=1 $(GO) test -race -short -shuffle=on ./...

# Tools are pinned here and not in go.mod, where they would bring 200 modules along. Each
# lies under its version and Go's: a linter cannot read code newer than the Go that built it.

$(TOOLS)/%/gofumpt: MODULE = mvdan.cc/gofumpt@$(FUMPT_VERSION)
$(TOOLS)/%/golangci-lint: MODULE = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
$(GOFUMPT) $(GOLANGCI_LINT):
	@echo 'building $(MODULE), once'
	GOBIN='$(CURDIR)/$(@D)' GOTOOLCHAIN=$(GO_RELEASE)+auto $(GO) install $(MODULE)
