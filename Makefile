# SPDX-License-Identifier: MIT
# reeve - build, try and test. `make help` lists what there is.
#
#   make               the program, at build/reeve
#   make V=1           the same, showing each command
#   make BUILD=DIR     builds elsewhere
#   make CC=clang      with another compiler

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

# --- what is made of what --------------------------------------------------------------------
# One archive a folder. The table of who may see whom stands in tests/layers.txt; here it only
# says what a unit test of a folder is linked with (most dependent first).
FOLDERS := engine/base engine/model engine/when engine/core rules lua store engine/run engine/edge engine/cli

with_base  := engine/base
with_model := engine/model $(with_base)
with_when  := engine/when $(with_model)
with_core  := engine/core $(with_when)
with_rules := rules $(with_when)
with_lua   := lua $(with_core)
with_store := store $(with_model)
with_run   := engine/run rules lua store $(with_core)
with_edge  := engine/edge $(with_run)
with_cli   := engine/cli $(with_edge)

LIBS := -luv -lyaml -llua5.4 -lsqlite3 -lcurl -lsodium -ljansson -lcmark -lpthread -lm
INCLUDES := -I. -I$(BUILD)/gen -isystem /usr/include/lua5.4
WARN := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror
BASE_CFLAGS := -std=gnu11 -D_GNU_SOURCE -fno-omit-frame-pointer -g $(WARN) $(INCLUDES) -MMD -MP

# -D_FORTIFY_SOURCE and sanitizers do not mix; debug builds keep assert(), release keeps MUST().
CFLAGS_release := $(BASE_CFLAGS) -O2 -DNDEBUG -fstack-protector-strong -D_FORTIFY_SOURCE=2 $(CFLAGS)
CFLAGS_asan    := $(BASE_CFLAGS) -O1 -fsanitize=address,undefined -fno-sanitize-recover=all $(CFLAGS)
LDFLAGS_release := $(LDFLAGS)
LDFLAGS_asan    := -fsanitize=address,undefined $(LDFLAGS)

archive = $(BUILD)/$(1)/$(subst /,-,$(2)).a
archives = $(foreach f,$(2),$(call archive,$(1),$(f)))

# --- compiling -------------------------------------------------------------------------------
EMBED := $(BUILD)/tool/embed
SQL   := $(sort $(wildcard store/sql/*.sql)) $(sort $(wildcard store/sql/schema/*.sql))
GEN   := $(BUILD)/gen/store/sql_data.h

$(EMBED): store/tool/embed.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 -O1 $(WARN) -o $@ $<

$(BUILD)/gen/store/sql_data.h: $(EMBED) $(SQL)
	@mkdir -p $(@D)
	$(Q)$(EMBED) $(SQL) > $@

define variant
$(BUILD)/$(1)/%.o: %.c | $(if $(filter store,$(FOLDERS)),$(GEN))
	@mkdir -p $$(@D)
	@echo "  CC $(1) $$<"
	$(Q)$$(CC) $$(CFLAGS_$(1)) -c -o $$@ $$<

$(foreach f,$(FOLDERS),$(eval objects_$(1)_$(f) := $(patsubst %.c,$(BUILD)/$(1)/%.o,$(wildcard $(f)/*.c))))
$(foreach f,$(FOLDERS),$(eval $(call archive,$(1),$(f)): $(objects_$(1)_$(f))
	@mkdir -p $$(@D)
	$(Q)rm -f $$@ && ar rcsD $$@ $$^))

$(BUILD)/$(1)/reeve: $(BUILD)/$(1)/engine/main.o $(call archives,$(1),$(with_cli))
	@echo "  LD $(1) $$@"
	$(Q)$$(CC) $$(LDFLAGS_$(1)) -o $$@ $$^ $(LIBS)
endef
$(foreach v,release asan,$(eval $(call variant,$(v))))

# Unit tests: tests/unit/FOLDER/test_X.c, linked with what FOLDER may see.
unit_of = $(notdir $(patsubst %/,%,$(dir $(1))))
UNIT_SOURCES := $(wildcard tests/unit/*/test_*.c)
UNIT_TESTS := $(patsubst %.c,$(BUILD)/asan/%,$(UNIT_SOURCES))
define unit_test
$(BUILD)/asan/$(basename $(1)): $(BUILD)/asan/$(basename $(1)).o $(call archives,asan,$(with_$(call unit_of,$(1))))
	$(Q)$$(CC) $$(LDFLAGS_asan) -o $$@ $$^ $(LIBS) -lcmocka
endef
$(foreach t,$(UNIT_SOURCES),$(eval $(call unit_test,$(t))))

# `make unit-when` builds and runs the unit tests of engine/when alone.
unit-%: FORCE
	$(Q)$(MAKE) --no-print-directory $(filter $(BUILD)/asan/tests/unit/$*/%,$(UNIT_TESTS))
	$(Q)for t in $(filter $(BUILD)/asan/tests/unit/$*/%,$(UNIT_TESTS)); do echo "== $$t"; $$t || exit 1; done
FORCE:

# --- what people call ------------------------------------------------------------------------
.PHONY: all help clean FORCE
all: $(BUILD)/reeve ## the program, at build/reeve

$(BUILD)/reeve: $(BUILD)/release/reeve
	$(Q)cp $< $@

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

clean: ## removes what was built
	$(Q)rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
