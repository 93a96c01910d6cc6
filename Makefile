# SPDX-License-Identifier: Apache-2.0
# Everything is built under build/. Tools that are missing are installed by .ci/tools, which says what it does;
# `make help` and `make clean` install nothing.
B := build
BOARD ?= icebreaker
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
MAKEFLAGS += --no-builtin-rules -j$(JOBS)
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:

.PHONY: help build test demo lint gen gen-check bitstream prog doctor clean
help:
	@echo 'make build              the command build/antinode and the library build/libantinode.a'
	@echo 'make test               everything that can be checked without a board; ends with N passed, N failed'
	@echo 'make demo               trains on the Verilated chip beside the model; curve and report in build/demo/'
	@echo 'make lint               Verilator -Wall and Yosys, every top, every configuration'
	@echo 'make bitstream BOARD=   Yosys and nextpnr, three seeds; build/bitstream/BOARD/, docs/reports/BOARD.md'
	@echo 'make prog BOARD=        writes the bitstream to the board (boards: $(BOARDS))'
	@echo 'make gen                rtl/spec/antinode.toml to package, header and reference'
	@echo 'make gen-check          says whether they are current'
	@echo 'make doctor             the tools that are used, and their versions'
	@echo 'make bench              how fast the model runs, on this machine'
	@echo 'make clean              removes build/, the installed tools in it included'
	@echo 'JOBS=n sets how many commands run at once'

BOARDS := $(patsubst constraints/%.mk,%,$(filter-out constraints/flow_%.mk,$(wildcard constraints/*.mk)))
GOALS := $(or $(MAKECMDGOALS),help)

# ---- tools: each tier leaves a file of make variables
TIERS := $(if $(filter-out help clean gen gen-check prog prog-%,$(GOALS)),base) \
         $(if $(filter test test-% lint bitstream bitstream-% fit-% doctor $(B)/bitstream/%,$(GOALS)),synth) \
         $(if $(filter test test-programs,$(GOALS)),test) $(if $(filter demo test,$(GOALS)),demo)
PYTHON := python3
ifneq ($(strip $(TIERS)),)
include $(TIERS:%=$(B)/tools/%.mk)
endif
$(B)/tools/synth.mk $(B)/tools/test.mk $(B)/tools/demo.mk: | $(B)/tools/base.mk
$(B)/tools/%.mk: .ci/tools
	@bash .ci/tools $* $@

# ---- generated files
gen:
	@$(PYTHON) rtl/spec/gen.py
gen-check:
	@$(PYTHON) rtl/spec/gen.py --check

# ---- C: three variants of one library
CC := gcc
CXX := g++
WARN := -Wall -Wextra -Wconversion -Werror
INC := $(patsubst %/,-I%,$(sort $(dir $(wildcard sw/*/*.h))))
CFLAGS = -std=c11 -O3 $(WARN) -D_POSIX_C_SOURCE=200809L $(INC) -MMD -MP
CXXFLAGS = -std=c++17 -O2 -Wall -Wextra -Werror $(INC) -MMD -MP
LDLIBS := -lfyaml -lz -lm -lpthread -ldl
LIB_SRC := $(sort $(filter-out sw/app/%,$(wildcard sw/*/*.c)))
APP_SRC := $(sort $(wildcard sw/app/*.c))
VARIANTS := release asan checked
DIR_release := $(B)
DIR_asan := $(B)/asan
DIR_checked := $(B)/checked
FLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_checked := -DAN_CHECKED
LD_asan := -fsanitize=address,undefined

define variant # name
$(DIR_$1)/obj/%.o: %.c | $(B)/tools/base.mk
	@mkdir -p $$(@D)
	@echo '  cc   $$@'
	@$$(CC) $$(CFLAGS) $$(FLAGS_$1) $$(TEST_CPP) -c $$< -o $$@
$(DIR_$1)/libantinode.a: $(LIB_SRC:%.c=$(DIR_$1)/obj/%.o)
	@rm -f $$@
	@echo '  ar   $$@'
	@ar rcs $$@ $$^
endef
$(foreach v,$(VARIANTS),$(eval $(call variant,$v)))

# where the command looks for experiments and for what it makes, unless it is told otherwise
$(B)/obj/sw/app/%.o $(B)/asan/obj/sw/app/%.o: TEST_CPP = -DAN_SHARE='"$(CURDIR)/sw"' -DAN_BUILD='"$(abspath $(B))"'

# ---- the chip
RTL_FILES := $(shell sed -e 's,\#.*,,' -e 's,//.*,,' rtl/files.f 2>/dev/null)
include rtl/gen/configs.mk
SIM_LIBS :=
SIM_DEPS :=
-include sim/sim.mk

build: $(if $(APP_SRC),$(B)/antinode) $(B)/libantinode.a
$(B)/antinode: $(APP_SRC:%.c=$(B)/obj/%.o) $(B)/libantinode.a $(SIM_DEPS)
	@echo '  link $@'
	@$(CXX) -o $@ $(filter %.o,$^) -Wl,--start-group $(B)/libantinode.a $(SIM_LIBS) -Wl,--end-group $(LDLIBS)

# ---- lint
LINT_TOPS := an_chip $(if $(filter %/an_top.sv,$(RTL_FILES)),an_top)
CONFIG_ring := $(filter-out Cores=%,$(CONFIG_tiny)) Cores=3 # no named configuration is a ring of several
LINTS := $(foreach t,$(LINT_TOPS),$(foreach c,$(CONFIGS) ring,$(B)/lint/$t-$c.ok)) $(BOARDS:%=$(B)/lint/board-%.ok) $(B)/lint/yosys.ok
lint: $(LINTS)
define lint_rule # top config
$(B)/lint/$1-$2.ok: $(RTL_FILES) rtl/gen/configs.mk
	@mkdir -p $$(@D)
	@echo '  lint $1 $2'
	@$$(VERILATOR) --lint-only -Wall --quiet --top-module $1 $$(CONFIG_$2:%=-G%) $$(RTL_FILES)
	@touch $$@
endef
$(foreach t,$(LINT_TOPS),$(foreach c,$(CONFIGS) ring,$(eval $(call lint_rule,$t,$c))))
define board_lint # board, top, its sources, parameters
$(B)/lint/board-$1.ok: $3 $(RTL_FILES)
	@mkdir -p $$(@D)
	@echo '  lint board $1'
	@$$(VERILATOR) --lint-only -Wall --quiet --top-module $2 $(addprefix -G,$4) $(RTL_FILES) $3
	@touch $$@
endef
$(B)/lint/yosys.ok: $(RTL_FILES)
	@mkdir -p $(@D)
	@echo '  lint yosys'
	@$(YOSYS) -q -p 'read_verilog -sv $(RTL_FILES); chparam $(foreach p,$(CONFIG_ring),-set $(subst =, ,$p)) an_chip; hierarchy -check -top an_chip; proc; check -assert'
	@touch $@

# ---- tests
TEST_C := $(sort $(wildcard tests/*/test_*.c))
REF_C := $(sort $(wildcard tests/*/ref_*.c))
TEST_KINDS := $(sort $(patsubst tests/%/,%,$(dir $(TEST_C))))
DEFAULT_VARIANTS_sim := release
# what the first lines of a test ask for, else what its kind gets
variants_of = $(or $(shell sed -n '1,20s/.*variants: *\([a-z ]*\).*/\1/p' $1),$(DEFAULT_VARIANTS_$2),release asan)
TEST_BIN :=
define test_rule # source, kind, variant
TEST_BIN += $(DIR_$3)/$(1:.c=)
$(DIR_$3)/$(1:.c=): $(DIR_$3)/obj/$(1:.c=.o) $(patsubst %.c,$(DIR_$3)/obj/%.o,$(sort $(filter-out tests/$2/test_%.c tests/$2/ref_%.c tests/$2/bench_%.c,$(wildcard tests/$2/*.c)))) $(DIR_$3)/libantinode.a $(if $(filter sim,$2),$(SIM_DEPS))
	@mkdir -p $$(@D)
	@echo '  link $$@'
	@$(if $(filter sim,$2),$$(CXX),$$(CC)) $$(LD_$3) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $(DIR_$3)/libantinode.a $$(filter-out $$^,$$(TEST_LIBS_$2)) $$(filter-out %libantinode.a,$$(filter %.a,$$^)) $(if $(filter sim,$2),$$(SIM_LIBS)) -Wl,--end-group -lcmocka $$(LDLIBS)
$(DIR_$3)/obj/$(1:.c=.o): TEST_CPP = -Itests/$2 $$(TEST_CPP_$2)
endef
kind_of = $(patsubst tests/%/,%,$(dir $1))
ifneq ($(filter test test-programs,$(GOALS)),)
$(foreach t,$(TEST_C),$(foreach v,$(call variants_of,$t,$(call kind_of,$t)),$(eval $(call test_rule,$t,$(call kind_of,$t),$v))))
endif
REF_BIN := $(REF_C:%.c=$(B)/%)
$(B)/tests/%: tests/%.c | $(B)/tools/base.mk
	@mkdir -p $(@D)
	@echo '  cc   $@'
	@$(CC) -std=c11 -O2 -Wall -Wextra -Werror -D_POSIX_C_SOURCE=200809L -o $@ $< -lm
# measurements, for people: nothing is compared
BENCH_C := $(sort $(wildcard tests/*/bench_*.c))
ifneq ($(filter bench $(B)/tests/%,$(GOALS)),)
$(foreach t,$(BENCH_C),$(eval $(call test_rule,$t,$(call kind_of,$t),release)))
endif
.PHONY: test-programs bench
bench: $(BENCH_C:%.c=$(B)/%)
	@set -e; for b in $^; do echo "== $$b"; $$b; done
test-programs: $(TEST_BIN) $(REF_BIN) $(SIM_SHAPES:%=$(B)/sim/libansim-%.so)
export VERILATOR VERILATOR_ROOT YOSYS NEXTPNR_ICE40 NEXTPNR_ECP5 ICEPACK CC CXX
export AN_BUILD := $(B)
# -k: what does not build fails as a test of its own, it does not end the run
test: gen-check
	@mkdir -p $(B)/tests
	@rm -f $(B)/tests/closing
	@echo 'building (log: $(B)/tests/build.log)'
	@$(MAKE) --no-print-directory -k build test-programs >$(B)/tests/build.log 2>&1 || true
	@$(PYTHON) tests/run.py --build $(B) --programs '$(sort $(TEST_BIN))' --targets 'build+test-programs lint test-bitstream'

demo: build
	@$(B)/antinode demo

doctor:
	@cat $(B)/tools/*.txt

# ---- boards
SEEDS ?= 1 2 3
BITDIR := $(B)/bitstream
# how long a step takes is kept: the report tells it
seconds = start=$$$$(date +%s); $1; echo $$$$(($$$$(date +%s) - start)) >$2
define board_goals # board, MHz, suffix of a bitstream
.PHONY: bitstream-$1 prog-$1 fit-$1
fit-$1: $(BITDIR)/$1/pack.log
	@$$(PYTHON) constraints/report.py --board $1 --dir $(BITDIR)/$1 --mhz $2 --seeds '' --tools $(B)/tools/synth.txt --out docs/reports/$1.md
bitstream-$1: fit-$1
	@$$(MAKE) --no-print-directory $(SEEDS:%=$(BITDIR)/$1/seed-%.$3)
	@$$(PYTHON) constraints/report.py --board $1 --dir $(BITDIR)/$1 --mhz $2 --seeds '$(SEEDS)' --tools $(B)/tools/synth.txt \
	    --out docs/reports/$1.md --best $(BITDIR)/$1/antinode.$3
prog-$1:
	@bash constraints/prog $1 $(BITDIR)/$1/antinode.$3 '$$(PROG_$1)'
endef
bitstream: $(if $(filter $(BOARD),$(BOARDS)),bitstream-$(BOARD),bitstream-unknown)
prog: $(if $(filter $(BOARD),$(BOARDS)),prog-$(BOARD),bitstream-unknown)
.PHONY: bitstream-unknown test-bitstream
bitstream-unknown:
	@echo 'there is no board $(BOARD); there are: $(BOARDS)' >&2; exit 1

# what the icebreaker needs, against its committed page, and a small configuration placed and routed on an ECP5: a floor for its clock
ECP5_FLOOR_MHZ := 24
test-bitstream: $(BITDIR)/icebreaker/pack.log $(BITDIR)/ecp5-tiny/seed-1.cfg
	@$(PYTHON) constraints/report.py --board icebreaker --dir $(BITDIR)/icebreaker --mhz 24 --seeds '' --tools $(B)/tools/synth.txt --check docs/reports/icebreaker.md
	@$(PYTHON) constraints/report.py --board ecp5-tiny --dir $(BITDIR)/ecp5-tiny --mhz $(ECP5_FLOOR_MHZ) --seeds 1 --tools $(B)/tools/synth.txt
include $(wildcard constraints/flow_*.mk)
include $(BOARDS:%=constraints/%.mk)

clean:
	rm -rf $(B)

-include $(shell find $(foreach v,$(VARIANTS),$(DIR_$v)/obj) -name '*.d' 2>/dev/null)
