# SPDX-License-Identifier: MIT
# reeve - build, try and test. `make help` lists what there is.
#
#   make               the program, at build/reeve
#   make V=1           the same, showing each command
#   make BUILD=DIR     builds elsewhere
#   make CC=clang      with another compiler
#   make deps          the Debian packages that are missing (make does it by itself)
#   make test          every test, under AddressSanitizer and UBSan
#   make unit-when     the unit tests of one folder alone
#   make install PREFIX=/usr/local DESTDIR=

BUILD  ?= build
PREFIX ?= /usr/local
CC     ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif
V      ?= 0
Q      := $(if $(filter 1,$(V)),,@)

.DEFAULT_GOAL := all
.SUFFIXES:
.DELETE_ON_ERROR:

# --- what it needs ---------------------------------------------------------------------------
# What for, the Debian package, why. a|b: either; a@c: the command c will do as well; ?a: only if
# nothing has to go for it.
define NEEDED
build gcc|clang the compiler
build make this file
build pkg-config finds libraries
build libuv1-dev the event loop
build libyaml-dev reads packs
build liblua5.4-dev runs the conditions and functions of packs
build libsqlite3-dev keeps the cases
build libcurl4-openssl-dev|libcurl4-gnutls-dev|libcurl4-nss-dev sends mail
build libsodium-dev hashes and passwords
test libjansson-dev JSON read by another's hand
build libcmark-dev messages as HTML
test libcmocka-dev unit tests in C
test git the hook for commits
test,demo python3 test scripts, the mail server of the demo
test,demo python3-aiosmtpd a mail server on loopback
test ?opensmtpd a second mail server on loopback
test nodejs@node a JSON Schema validator and a YAML reader by other hands
test npm@npm fetches them
test,fuzz clang the fuzzers, and a second opinion on warnings
test,fuzz libclang-rt-14-dev|libclang-rt-15-dev|libclang-rt-16-dev|libclang-rt-19-dev its sanitizers
endef
export NEEDED

# --- what is made of what --------------------------------------------------------------------
# One archive a folder. The table of who may see whom stands in tests/layers/table.txt; here it only
# says what a unit test of a folder is linked with (most dependent first).
FOLDERS := engine/base engine/model engine/when engine/core engine/draw rules lua store engine/run engine/edge engine/cli

with_base  := engine/base
with_model := engine/model $(with_base)
with_when  := engine/when $(with_model)
with_core  := engine/core $(with_when)
# rules: its tests draw the packs there are.
with_draw  := engine/draw rules $(with_when)
with_rules := rules $(with_when)
with_lua   := lua $(with_core)
with_store := store $(with_model)
with_run   := engine/run rules lua store $(with_core)
with_edge  := engine/edge $(with_run)
with_cli   := engine/cli engine/draw $(with_edge)

LIBS := -luv -lyaml -llua5.4 -lsqlite3 -lcurl -lsodium -lcmark -lpthread -lm
INCLUDES := -I. -I$(BUILD)/gen -isystem /usr/include/lua5.4
WARN := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror
BASE_CFLAGS := -std=gnu11 -D_GNU_SOURCE -fno-omit-frame-pointer -g $(WARN) $(INCLUDES) -MMD -MP

CC_release := $(CC)
CC_asan    := $(CC)
CC_tsan    := $(CC)
CC_fuzz    := clang

# -D_FORTIFY_SOURCE and sanitizers do not mix; debug builds keep assert(), release keeps MUST().
CFLAGS_release := $(BASE_CFLAGS) -O2 -DNDEBUG -fstack-protector-strong -D_FORTIFY_SOURCE=2 $(CFLAGS)
CFLAGS_asan    := $(BASE_CFLAGS) -O1 -fsanitize=address,undefined -fno-sanitize-recover=all $(CFLAGS)
CFLAGS_tsan    := $(BASE_CFLAGS) -O1 -fsanitize=thread $(CFLAGS)
CFLAGS_fuzz    := $(BASE_CFLAGS) -O1 -fsanitize=fuzzer-no-link,address,undefined \
                  -fno-sanitize-recover=all $(CFLAGS)
LDFLAGS_release := $(LDFLAGS)
LDFLAGS_asan    := -fsanitize=address,undefined $(LDFLAGS)
LDFLAGS_tsan    := -fsanitize=thread $(LDFLAGS)
LDFLAGS_fuzz    := -fsanitize=fuzzer,address,undefined $(LDFLAGS)

archive = $(BUILD)/$(1)/$(subst /,-,$(2)).a
archives = $(foreach f,$(2),$(call archive,$(1),$(f)))

# --- compiling -------------------------------------------------------------------------------
EMBED := $(BUILD)/tool/embed
SQL   := $(sort $(wildcard store/sql/*.sql)) $(sort $(wildcard store/sql/schema/*.sql))
# The files of a pack that `reeve new` starts.
NEW   := $(shell find rules/new -type f | LC_ALL=C sort)
GEN   := $(BUILD)/gen/store/sql_data.h $(BUILD)/gen/rules/new_data.h

# Looked at once for each build folder, and again when the list above changes.
$(BUILD)/deps-%: Makefile tests/kit/deps
	@mkdir -p $(@D)
	$(Q)tests/kit/deps $*
	@touch $@
$(BUILD)/deps-test $(BUILD)/deps-demo $(BUILD)/deps-fuzz: | $(BUILD)/deps-build

$(EMBED): store/tool/embed.c | $(BUILD)/deps-build
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 -O1 $(WARN) -o $@ $<

$(BUILD)/gen/store/sql_data.h: $(EMBED) $(SQL)
	@mkdir -p $(@D)
	$(Q)$(EMBED) $(SQL) > $@

$(BUILD)/gen/rules/new_data.h: $(EMBED) $(NEW)
	@mkdir -p $(@D)
	$(Q)$(EMBED) --as new $(NEW) > $@

define variant
$(BUILD)/$(1)/%.o: %.c | $(GEN) $(BUILD)/deps-$(if $(filter fuzz,$(1)),fuzz,build)
	@mkdir -p $$(@D)
	@echo "  CC $(1) $$<"
	$(Q)$$(CC_$(1)) $$(CFLAGS_$(1)) -c -o $$@ $$<

$(foreach f,$(FOLDERS),$(eval objects_$(1)_$(f) := $(patsubst %.c,$(BUILD)/$(1)/%.o,$(wildcard $(f)/*.c))))
$(foreach f,$(FOLDERS),$(eval $(call archive,$(1),$(f)): $(objects_$(1)_$(f))
	@mkdir -p $$(@D)
	$(Q)rm -f $$@ && ar rcsD $$@ $$^))

$(BUILD)/$(1)/reeve: $(BUILD)/$(1)/engine/main.o $(call archives,$(1),$(with_cli))
	@echo "  LD $(1) $$@"
	$(Q)$$(CC_$(1)) $$(LDFLAGS_$(1)) -o $$@ $$^ $(LIBS)
endef
$(foreach v,release asan tsan fuzz,$(eval $(call variant,$(v))))

# Unit tests: tests/unit/FOLDER/test_X.c, linked with what FOLDER may see.
unit_of = $(notdir $(patsubst %/,%,$(dir $(1))))
UNIT_SOURCES := $(wildcard tests/unit/*/test_*.c)
UNIT_TESTS := $(patsubst %.c,$(BUILD)/asan/%,$(UNIT_SOURCES))
# A disk that fails when told to.
also_store := tests/faults/vfs.o
also_run   := tests/faults/vfs.o
define unit_test
$(BUILD)/asan/$(basename $(1)): $(BUILD)/asan/$(basename $(1)).o $(also_$(call unit_of,$(1)):%=$(BUILD)/asan/%) $(call archives,asan,$(with_$(call unit_of,$(1))))
	$(Q)$$(CC) $$(LDFLAGS_asan) -o $$@ $$^ $(LIBS) -lcmocka -ljansson
$(BUILD)/asan/$(basename $(1)).o: | $(BUILD)/deps-test
endef
$(foreach t,$(UNIT_SOURCES),$(eval $(call unit_test,$(t))))

# `make unit-when` builds and runs the unit tests of engine/when alone.
unit-%: FORCE
	$(if $(call units,$*),,$(error there are no tests in tests/unit/$*))
	$(Q)$(MAKE) --no-print-directory $(call units,$*)
	$(Q)tests/kit/run $(call units,$*)
units = $(filter $(BUILD)/asan/tests/unit/$(1)/%,$(UNIT_TESTS))
FORCE:

# Fuzzers: tests/fuzz/fuzz_X.c. With clang they search; in `make test` each replays its corpus.
# They and the benches are linked with everything, unless less is named here.
less_with_json := $(with_base)
less_with_case := $(with_model)
less_with_lua := $(with_lua)
less_with_fmt := $(with_rules)
less_with_moment := $(with_rules)
less_with_pack := $(with_rules)
less_with = $(or $(less_with_$(1)),$(with_edge))
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_REPLAYS := $(FUZZERS:%=$(BUILD)/asan/tests/fuzz/fuzz_%)
FUZZ_SECONDS ?= 60
BENCHES := $(patsubst tests/bench/bench_%.c,%,$(wildcard tests/bench/bench_*.c))
define fuzzer
$(BUILD)/fuzz/tests/fuzz/fuzz_$(1): $(BUILD)/fuzz/tests/fuzz/fuzz_$(1).o $(call archives,fuzz,$(call less_with,$(1)))
	$(Q)$$(CC_fuzz) $$(LDFLAGS_fuzz) -o $$@ $$^ $(LIBS)
$(BUILD)/asan/tests/fuzz/fuzz_$(1): $(BUILD)/asan/tests/fuzz/fuzz_$(1).o $(BUILD)/asan/tests/fuzz/replay.o $(call archives,asan,$(call less_with,$(1)))
	$(Q)$$(CC) $$(LDFLAGS_asan) -o $$@ $$^ $(LIBS)
fuzz-$(1): $(BUILD)/deps-fuzz $(BUILD)/fuzz/tests/fuzz/fuzz_$(1)
	@mkdir -p $(BUILD)/fuzz/found/$(1)
	$(BUILD)/fuzz/tests/fuzz/fuzz_$(1) -max_total_time=$(FUZZ_SECONDS) -timeout=10 -print_final_stats=1 \
	  -artifact_prefix=$(BUILD)/fuzz/ $(BUILD)/fuzz/found/$(1) tests/fuzz/corpus/$(1)
.PHONY: fuzz-$(1)
endef
$(foreach f,$(FUZZERS),$(eval $(call fuzzer,$(f))))
# What else a bench is made of: the bare ceiling that others are measured against.
also_bench_store := tests/bench/ceiling.o
also_bench_events := tests/bench/ceiling.o
less_with_store := store $(with_store)
define bench
$(BUILD)/release/tests/bench/bench_$(1): $(BUILD)/release/tests/bench/bench_$(1).o $(also_bench_$(1):%=$(BUILD)/release/%) $(call archives,release,$(call less_with,$(1)))
	$(Q)$$(CC) $$(LDFLAGS_release) -o $$@ $$^ $(LIBS)
bench-$(1): $(BUILD)/release/tests/bench/bench_$(1)
	$$<
.PHONY: bench-$(1)
endef
$(foreach b,$(BENCHES),$(eval $(call bench,$(b))))

# What test scripts call besides the program: tests/kit/tool_X.c, found in $BUILD/release/tests/kit.
TOOLS := $(patsubst %.c,$(BUILD)/release/%,$(wildcard tests/kit/tool_*.c))
$(TOOLS): %: %.o $(BUILD)/release/tests/kit/fill.o $(call archives,release,$(with_run))
	$(Q)$(CC) $(LDFLAGS_release) -o $@ $^ $(LIBS)

# What tests use of the npm registry: tests/node/package.json says what.
$(BUILD)/node/ready: tests/node/package.json tests/node/package-lock.json | $(BUILD)/deps-test
	@mkdir -p $(@D)
	@echo "  npm ci: what tests/node/package.json names"
	$(Q)cp tests/node/package.json tests/node/package-lock.json $(@D)
	$(Q)cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# --- what people call ------------------------------------------------------------------------
.PHONY: all asan deps test test-long fuzz bench docs demo install help clean FORCE
all: $(BUILD)/reeve ## the program, at build/reeve

$(BUILD)/reeve: $(BUILD)/release/reeve
	$(Q)cp $< $@

asan: $(BUILD)/asan/reeve ## the program with sanitizers, at build/asan/reeve

deps: ## installs the Debian packages that are missing, or says which
	$(Q)tests/kit/deps build test demo fuzz

# Scripts find the programs by these names.
RUN_ENV = REEVE=$(abspath $(BUILD)/asan/reeve) REEVE_RELEASE=$(abspath $(BUILD)/reeve) \
          BUILD=$(abspath $(BUILD))
TEST_SCRIPTS := $(sort $(wildcard tests/*/test_*.sh tests/*/test_*.py))
LONG_SCRIPTS := $(sort $(wildcard tests/*/long_*.sh tests/*/long_*.py))

test: $(BUILD)/deps-build $(BUILD)/deps-test $(BUILD)/node/ready all asan $(UNIT_TESTS) $(FUZZ_REPLAYS) $(TOOLS) $(BUILD)/asan/tests/docs/keys ## every test, under sanitizers
	$(Q)$(RUN_ENV) tests/kit/run $(UNIT_TESTS) $(TEST_SCRIPTS)

test-long: $(BUILD)/deps-build $(BUILD)/deps-test all asan $(TOOLS) ## what takes more than minutes
	$(Q)$(RUN_ENV) TEST_LIMIT=7200 tests/kit/run -j 1 $(LONG_SCRIPTS)

fuzz: $(FUZZERS:%=fuzz-%) ## each fuzzer for FUZZ_SECONDS=60

bench: $(BENCHES:%=bench-%) ## how fast things are

# The parts of docs/ that are written from the tables of keys, findings and Lua functions.
define keys
$(BUILD)/$(1)/tests/docs/keys: $(BUILD)/$(1)/tests/docs/keys.o $(call archives,$(1),rules lua $(with_core))
	$(Q)$$(CC_$(1)) $$(LDFLAGS_$(1)) -o $$@ $$^ $(LIBS)
endef
$(foreach v,release asan,$(eval $(call keys,$(v))))

docs: all $(BUILD)/release/tests/docs/keys ## brings tables of keys and what commands print up to date
	$(Q)for page in keys findings lua; do \
	  $(BUILD)/release/tests/docs/keys docs/$$page.md > $(BUILD)/$$page.md || exit 1; \
	  cmp -s $(BUILD)/$$page.md docs/$$page.md || cp $(BUILD)/$$page.md docs/$$page.md; \
	done
	$(Q)$(BUILD)/reeve schema > examples/reeve.schema.json
	$(Q)$(BUILD)/reeve stubs > lua/reeve.lua
	$(Q)REEVE=$(abspath $(BUILD)/reeve) python3 tests/docs/test_docs.py --write

demo: $(BUILD)/deps-build $(BUILD)/deps-demo all ## a made-up caseload, what is due, one digest by mail
	$(Q)REEVE=$(abspath $(BUILD)/reeve) BUILD=$(abspath $(BUILD)) sh examples/demo.sh

install: all ## into DESTDIR and PREFIX=/usr/local: bin, share/reeve, share/doc/reeve
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/reeve $(DESTDIR)$(PREFIX)/share/doc/reeve
	install -m 755 $(BUILD)/reeve $(DESTDIR)$(PREFIX)/bin/reeve
	cp -R examples $(DESTDIR)$(PREFIX)/share/reeve/
	cp -R $(wildcard README.md LICENSE CHANGELOG.md) docs/. $(DESTDIR)$(PREFIX)/share/doc/reeve/
	chmod -R u=rwX,go=rX $(DESTDIR)$(PREFIX)/share/reeve $(DESTDIR)$(PREFIX)/share/doc/reeve

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

clean: ## removes what was built
	$(Q)rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
