# SPDX-License-Identifier: Apache-2.0
# Yosys and nextpnr for ECP5 parts; the traps are those of flow_ice40.mk.

# more weight on what is late: six cores of an 85F route at 74.8 MHz in the place of 67 to 68 (docs/decisions/0011)
PLACER_ECP5 := --placer-heap-critexp 4 --placer-heap-timingweight 30

# ecp5_steps(name, top, sources, chparam, size, package, speed, MHz, pins or nothing, script that places blocks or nothing) -> $(BITDIR)/<name>/
define ecp5_steps
$(BITDIR)/$1/synth.json: $3 $(RTL_FILES) rtl/gen/configs.mk constraints/flow_ecp5.mk constraints/ecp5_map.ys $(10)
	@mkdir -p $$(@D) && rm -f $$@
	@echo '  synth $1 (log: $$(@D)/synth.log)'
	@$(call seconds,$$(YOSYS) -q -l $$(@D)/synth.log -p 'read_verilog -sv -D AN_ECP5 $(RTL_FILES) $3; $(if $4,chparam $4 $2;) script constraints/ecp5_map.ys; synth_ecp5 -top $2 -json $$@' \
	    || { tail -20 $$(@D)/synth.log; exit 1; },$$(@D)/synth.seconds)
	@test -s $$@ || { echo '$$(YOSYS) wrote no $$@'; tail -20 $$(@D)/synth.log; exit 1; }
	$(if $(10),@$$(PYTHON) $(10) $5 $$@ $$@.placed && mv $$@.placed $$@)
$(BITDIR)/$1/pack.log: $(BITDIR)/$1/synth.json $9
	@rm -f $$@
	@$$(NEXTPNR_ECP5) -q -l $$@ --$5 --package $6 --speed $7 --json $$< $(if $9,--lpf $9,--lpf-allow-unconstrained) --pack-only
	@grep -q TRELLIS_COMB: $$@ || { echo '$$(NEXTPNR_ECP5) counted nothing: $$@'; exit 1; }
$(BITDIR)/$1/seed-%.cfg: $(BITDIR)/$1/synth.json $9
	@rm -f $$@
	@echo '  place and route $1, seed $$* (log: $$(@D)/seed-$$*.log)'
	@$(call seconds,$$(NEXTPNR_ECP5) -q -l $$(@D)/seed-$$*.log --$5 --package $6 --speed $7 --json $$< $(if $9,--lpf $9,--lpf-allow-unconstrained) --textcfg $$@ --freq $8 --seed $$* $(PLACER_ECP5) \
	    --report $$(@D)/seed-$$*.json --timing-allow-fail || { grep -E 'ERROR|used' $$(@D)/seed-$$*.log | tail -20; exit 1; },$$(@D)/seed-$$*.seconds)
	@test -s $$@ || { echo '$$(NEXTPNR_ECP5) wrote no $$@'; tail -20 $$(@D)/seed-$$*.log; exit 1; }
$(BITDIR)/$1/seed-%.bit: $(BITDIR)/$1/seed-%.cfg
	@rm -f $$@
	@$$(ECPPACK) --compress --freq 38.8 $$< $$@
	@test -s $$@ || { echo '$$(ECPPACK) wrote no $$@'; exit 1; }
endef
# ecp5_config(name, configuration, size, package, MHz): an_top with a named configuration, pins left to the tool
ecp5_config = $(call ecp5_steps,$1,an_top,,$(foreach p,$(CONFIG_$2),-set $(subst =, ,$p)),$3,$4,6,$5,)

# ecp5_board(name, top, size, package, speed, pins, parameters of the top as Name=value, script): rtl/board/an_<top>.sv, constraints/<pins>.lpf;
# the clock is that of the configuration of this name. The last argument: a script that places multipliers and RAMs, netlist in, netlist out
config_mhz = $(patsubst ClockHz=%000000,%,$(filter ClockHz=%,$(CONFIG_$1)))
define ecp5_board
$(call ecp5_steps,$1,an_$2,rtl/board/an_ecp5_clock.sv rtl/board/an_$2.sv,$(foreach p,$7,-set $(subst =, ,$p)),$3,$4,$5,$(call config_mhz,$1),constraints/$6.lpf,$8)
$(call board_lint,$1,an_$2,rtl/board/an_ecp5_cells.sv rtl/board/an_ecp5_clock.sv rtl/board/an_$2.sv,$7)
$(call board_goals,$1,$(call config_mhz,$1),bit)
endef

$(eval $(call ecp5_config,ecp5-tiny,tiny,25k,CABGA381,$(ECP5_FLOOR_MHZ)))
