# One word builds, tests or shows Kebu. On Debian or Ubuntu, Go and make are all that
# must be there; what else a target needs, it installs.

GO   ?= go
.DEFAULT_GOAL := help

GO_RELEASE := $(firstword $(shell $(GO) env GOVERSION))
ifeq ($(GO_RELEASE),)
$(error Go is not here or not in PATH: see https://go.dev/doc/install)
endif

# Only the window needs a C compiler, and only its programs are built with one.
export CGO_ENABLED = 0
# Stamping fails in a checkout that belongs to another user, as in many a container. The tag
# says that the code calls Fyne from the window's goroutine alone; Fyne then does not check.
TAGS := migrated_fynedo
export GOFLAGS := $(strip $(shell $(GO) env GOFLAGS) -buildvcs=false -tags=$(TAGS))

BUILD := build
TOOLS := $(BUILD)/tools

FUMPT_VERSION := v0.12.0
LINT_VERSION  := v2.15.0
GOFUMPT       := $(TOOLS)/$(FUMPT_VERSION)-$(GO_RELEASE)/gofumpt
GOLANGCI_LINT := $(TOOLS)/$(LINT_VERSION)-$(GO_RELEASE)/golangci-lint

# Everything with cgo has these flags and no others: each set of flags compiles OpenGL anew,
# which takes minutes. The module file is go.mod with a better GLFW: see .ci/glfw.
MODFILE := $(BUILD)/kebu.mod
WINDOW  := CGO_ENABLED=1 GOFLAGS='$(GOFLAGS) -modfile=$(MODFILE)'

# The race detector knows Go's memory and finds nothing in SQLite's own, nor in the drawing
# of letters, but looks, which takes five times as long as all else.
RACE := -race $(patsubst %,-gcflags=%=-race=false,$(addprefix modernc.org/,sqlite/lib libc memory) golang.org/x/image/...)

# How long `make fuzz` gives each target; which benchmarks `make bench` runs, and the folder
# of the large export for its budgets, if it is there; which pictures `make shots` draws.
FUZZTIME ?= 10s
BENCH    ?=
ONLY     ?=
DATA     ?= $(wildcard ../shared/data)

.NOTPARALLEL:
.PHONY: help run demo build test walk interop shots check vet format lint tidy race bench fuzz clean \
        units desktop window

help: ## says what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: desktop build ## opens the window
	$(BUILD)/kebu

demo: ## fills a demo shop and shows it in the terminal; leaves nothing behind
	$(GO) build -o $(BUILD)/ ./cmd/kebuctl
	@sh .ci/demo $(BUILD)/kebuctl

build: window ## builds the programs into build/
	$(GO) build -o $(BUILD)/ ./cmd/kebuctl ./cmd/kebu-verify
	$(WINDOW) $(GO) build -o $(BUILD)/ ./cmd/kebu

test: units walk interop ## runs every test

# LibreOffice is asked where it can be had.
interop: ## has LibreOffice open locked lists
	@if GO='$(GO)' sh .ci/need office; then $(GO) test -vet=off -count=1 -v -run LibreOffice ./crypto/office; fi

walk: window ## clicks through the real window, on a display in memory
	@GO='$(GO)' sh .ci/need display
	$(WINDOW) $(GO) build -tags=$(TAGS),walk -o $(BUILD)/kebu-walk ./cmd/kebu
	$(WINDOW) LANG=en_US.UTF-8 $(GO) test -tags=$(TAGS),walk -count=1 -v ./cmd/kebu/walk -program '$(CURDIR)/$(BUILD)/kebu-walk' -pictures '$(CURDIR)/$(BUILD)/walk'

shots: ## draws every page into build/shots; with ONLY=regexp those pictures
	LANG=en_US.UTF-8 $(GO) run ./.ci/shots -only '$(ONLY)' $(BUILD)/shots

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

# The parts of check, in the order in which they are quick to fail. Tests are not vetted
# again when they run, which would vet all that they are made of.

# The book is opened on all three systems, and each has files that only it compiles. For
# macOS, Fyne is compiled by a C compiler of that system or not at all.
vet: window
	$(GO) vet ./...
	GOOS=windows GOARCH=amd64 $(GO) vet ./...
	GOOS=darwin GOARCH=arm64 $(GO) vet $$($(GO) list ./... | grep -v -e ^kebu/app/ui -e ^kebu/cmd/kebu/)
	$(WINDOW) $(GO) vet -tags=$(TAGS),walk ./cmd/kebu/...

format: $(GOFUMPT)
	@bad=$$(find . -path ./$(BUILD) -prune -o -name '*.go' -print | xargs $(GOFUMPT) -l) || exit 1; \
	if [ -n "$$bad" ]; then printf '%s\n' "$$bad" 'not formatted: run $(GOFUMPT) -w on them'; exit 1; fi

# The linter takes no other module file; it need not link with the better GLFW.
lint: window $(GOLANGCI_LINT)
	$(GOLANGCI_LINT) run ./... ./.ci/measure ./.ci/shots
	CGO_ENABLED=1 $(GOLANGCI_LINT) run --build-tags=$(TAGS),walk ./cmd/kebu/...

tidy:
	$(GO) mod tidy -diff

# The race detector is C code. Packages are listed without cgo, which leaves the window out:
# there is nothing to test in cmd/kebu that app/ui does not test. Of the marketplaces, which
# are data, importers/all is enough.
race:
	@GO='$(GO)' sh .ci/need compiler
	CGO_ENABLED=1 $(GO) test $(RACE) -short -vet=off -shuffle=on -timeout 40m $$($(GO) list ./... | grep -v '^kebu/importers/[a-z]*$$') ./importers/all ./importers/custom ./importers/table

units:
	$(GO) test -vet=off -shuffle=on -timeout 40m ./...

desktop:
	@sh .ci/desktop

# What the window is compiled with.
window: $(MODFILE)
	@GO='$(GO)' sh .ci/need window
	@[ -e $(BUILD)/kebu ] || echo 'The window takes minutes to compile the first time, seconds after.'

$(MODFILE): go.mod go.sum .ci/glfw
	@GO='$(GO)' sh .ci/glfw $(BUILD)

# Tools are pinned here and not in go.mod, where they would bring 200 modules along. Each
# lies under its version and Go's: a linter cannot read code newer than the Go that built it.

$(TOOLS)/%/gofumpt: MODULE = mvdan.cc/gofumpt@$(FUMPT_VERSION)
$(TOOLS)/%/golangci-lint: MODULE = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
$(GOFUMPT) $(GOLANGCI_LINT):
	@echo 'building $(MODULE), once'
	GOBIN='$(CURDIR)/$(@D)' GOTOOLCHAIN=$(GO_RELEASE)+auto $(GO) install $(MODULE)
