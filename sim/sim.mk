# SPDX-License-Identifier: Apache-2.0
# The Verilated chip. One shape = one shared library build/sim/libansim-<config>-c<cores>-p<lanes>[-banked|-flat][-ring|-open][-v<units>][-fst].so,
# which an_sim_load opens (and has made) by its name. The C side is build/libansim.a.
SIM_SRC := $(sort $(wildcard sim/*.c))
SIM_TOOLS := sim/an_random.c
INC += -Isim
SIM_LIBS = $(B)/libansim.a
SIM_DEPS = $(B)/libansim.a
define sim_archive # variant
$(DIR_$1)/libansim.a: $(patsubst %.c,$(DIR_$1)/obj/%.o,$(filter-out $(SIM_TOOLS),$(SIM_SRC)))
	@rm -f $$@
	@echo '  ar   $$@'
	@ar rcs $$@ $$^
endef
$(foreach v,$(VARIANTS),$(eval $(call sim_archive,$v)))

# ---- shapes
sim_words = $(subst -, ,$1)
sim_one = $(patsubst $1%,%,$(lastword $(filter $1%,$(call sim_words,$2))))
sim_flags = $(filter fst banked flat ring open,$(call sim_words,$1))
sim_cores = $(call sim_one,c,$(lastword $(subst -c, c,$1)))
sim_units = $(patsubst v%,%,$(filter v0 v1 v2 v4,$(call sim_words,$1)))
sim_bare = $(patsubst %-flat,%,$(patsubst %-banked,%,$(patsubst %-ring,%,$(patsubst %-open,%,$(patsubst %-v$(call sim_units,$1),%,$(patsubst %-fst,%,$1))))))
sim_lanes = $(lastword $(subst -p, ,$(call sim_bare,$1)))
sim_config = $(patsubst %-c$(call sim_cores,$1)-p$(call sim_lanes,$1),%,$(call sim_bare,$1))
sim_params = $(filter-out Lanes=% Cores=% $(if $(filter banked flat,$(call sim_flags,$1)),Banked=%) $(if $(filter ring open,$(call sim_flags,$1)),Closed=%) $(if $(call sim_units,$1),VectorUnits=%),$(CONFIG_$(call sim_config,$1))) \
             Lanes=$(call sim_lanes,$1) Cores=$(call sim_cores,$1) $(if $(filter banked,$(call sim_flags,$1)),Banked=1) $(if $(filter flat,$(call sim_flags,$1)),Banked=0) \
             $(if $(filter ring,$(call sim_flags,$1)),Closed=1) $(if $(filter open,$(call sim_flags,$1)),Closed=0) \
             $(addprefix VectorUnits=,$(call sim_units,$1))
SIM_CXX = $(CXX) -std=c++17 -O2 -fPIC -fvisibility=hidden -I$(VERILATOR_ROOT)/include -I$(VERILATOR_ROOT)/include/vltstd $(INC)
SIM_OPT = -MAKEFLAGS 'CFG_CXXFLAGS_PCH_I=-include' -O3 --x-assign fast --x-initial unique --no-timing  -Wno-fatal
SIM_HEADERS = sim/an_sim.h sim/an_chip_port.hpp sim/an_chip_memory.hpp sim/an_sim.vlt sw/gen/an_spec.h sw/model/an_model.h

# $1 folder for the objects, $2 shape, $3 files
define sim_chip
@mkdir -p $1
@echo '  verilate $2'
@$(VERILATOR) --cc --build -j $(JOBS) --quiet $(SIM_OPT) --vpi +define+AN_TRACE $(if $(filter fst,$(call sim_flags,$2)),--trace-fst) --top-module an_chip \
  $(addprefix -G,$(call sim_params,$2)) --Mdir $1 --prefix Van_chip -CFLAGS '-fPIC -fvisibility=hidden -O1' sim/an_sim.vlt $3 >$1/log 2>&1 || { cat $1/log; exit 1; }
@$(SIM_CXX) -shared -Wl,-Bsymbolic -DAN_SIM_CORES=$(call sim_cores,$2) -DAN_SIM_LANES=$(call sim_lanes,$2) -DVM_TRACE=$(if $(filter fst,$(call sim_flags,$2)),1,0) \
  -I$1 sim/an_sim.cpp -Wl,--whole-archive $1/libVan_chip.a -Wl,--no-whole-archive $1/libverilated.a -lz -lpthread $(if $(filter fst,$(call sim_flags,$2)),-llz4) -o $@.new
@mv $@.new $@
endef
$(B)/sim/libansim-%.so: $(RTL_FILES) rtl/gen/configs.mk sim/an_sim.cpp $(SIM_HEADERS) sim/sim.mk
	$(call sim_chip,$(B)/sim/$*,$*,$(RTL_FILES))
# tests/mutants/test_mutants.py names the files
$(B)/mutants/libansim-%.so: $(SIM_MUTANT_FILES) sim/an_sim.cpp $(SIM_HEADERS)
	$(call sim_chip,$(B)/mutants/$*,$*,$(SIM_MUTANT_FILES))

# ---- the chip with its link, for an_serve
SIM_BAUD_DIV := 4
$(B)/sim/libantop-%.so: $(RTL_FILES) rtl/gen/configs.mk sim/an_top_sim.cpp sim/an_serve.h sim/sim.mk
	@mkdir -p $(B)/sim/top-$*
	@echo '  verilate an_top $*'
	@$(VERILATOR) --cc --build -j $(JOBS) --quiet $(SIM_OPT) --top-module an_top $(addprefix -G,$(call sim_params,$*)) -GBaudDiv=$(SIM_BAUD_DIV) \
	  --Mdir $(B)/sim/top-$* --prefix Van_top -CFLAGS '-fPIC -fvisibility=hidden -O1' $(RTL_FILES) >$(B)/sim/top-$*/log 2>&1 || { cat $(B)/sim/top-$*/log; exit 1; }
	@$(SIM_CXX) -shared -Wl,-Bsymbolic -DAN_SIM_CORES=$(call sim_cores,$*) -DAN_SIM_LANES=$(call sim_lanes,$*) -DAN_TOP_BAUD_DIV=$(SIM_BAUD_DIV) -DVM_TRACE=0 \
	  -I$(B)/sim/top-$* sim/an_top_sim.cpp -Wl,--whole-archive $(B)/sim/top-$*/libVan_top.a -Wl,--no-whole-archive $(B)/sim/top-$*/libverilated.a -lpthread -o $@.new
	@mv $@.new $@

# ---- random programs in lockstep
SIM_GEN := tests/random/an_gen.c tests/random/an_gen_prog.c
SIM_NETS := tests/net/an_bench.c tests/net/an_draw_net.c tests/net/an_draw_run.c
sim_dir = $(if $(filter $(B)/asan/%,$1),$(B)/asan,$(B))
DEFAULT_VARIANTS_lockstep := release asan
TEST_CPP_lockstep := -Itests/random -Itests/net
TEST_LIBS_lockstep = $(call sim_dir,$@)/libansim.a $(patsubst %.c,$(call sim_dir,$@)/obj/%.o,$(SIM_GEN) $(SIM_NETS))
define sim_gen # variant
$(DIR_$1)/obj/sim/%.o $(DIR_$1)/obj/tests/random/%.o: TEST_CPP = -Itests/random
endef
$(foreach v,$(VARIANTS),$(eval $(call sim_gen,$v)))
$(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/lockstep/test_*.c)): $(B)/libansim.a $(patsubst %.c,$(B)/obj/%.o,$(SIM_GEN) $(SIM_NETS))
$(patsubst tests/%.c,$(B)/asan/tests/%,$(wildcard tests/lockstep/test_*.c)): $(B)/asan/libansim.a $(patsubst %.c,$(B)/asan/obj/%.o,$(SIM_GEN) $(SIM_NETS))
# the model alone: tests of the chip do not wait for the compiler and the runner
$(B)/sim/libanmodel.a: $(patsubst %.c,$(B)/obj/%.o,$(wildcard sw/model/*.c sw/gen/*.c) sw/driver/an_port.c)
	@mkdir -p $(@D)
	@rm -f $@
	@echo '  ar   $@'
	@ar rcs $@ $^
$(B)/an_random: $(patsubst %.c,$(B)/obj/%.o,sim/an_random.c $(SIM_GEN)) $(B)/libansim.a $(B)/sim/libanmodel.a
	@echo '  link $@'
	@$(CC) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group -lm -ldl
SIM_SHAPES := tiny-c1-p1 tiny-c1-p2-banked tiny-c1-p4 tiny-c1-p8 tiny-c2-p1 tiny-c3-p2 tiny-c3-p2-open tiny-c3-p2-v1 tiny-c3-p4-v2 icebreaker-c1-p2 icebreaker-c3-p2-v0 icebreaker-c3-p2-ring-v0 colorlight-i5-c1-p2 bench-1x2-c1-p2 bench-4x2-c4-p2
.PHONY: sim-libs
sim-libs: $(SIM_SHAPES:%=$(B)/sim/libansim-%.so)
test-programs: $(B)/an_random
