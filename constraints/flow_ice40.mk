# SPDX-License-Identifier: Apache-2.0
# Yosys and nextpnr for iCE40 parts. Paths are relative to the repository root: the WASM tools have a temporary folder of their own.
# Some tools exit with 0 and no output: every step removes its output first and asks for it afterwards.

# ice40_board(name, device, package, MHz): rtl/board/an_<name>.sv, constraints/<name>.pcf -> $(BITDIR)/<name>/
define ice40_board
$(BITDIR)/$1/synth.json: rtl/board/an_$1.sv $(RTL_FILES) constraints/flow_ice40.mk
	@mkdir -p $$(@D) && rm -f $$@
	@echo '  synth $1 (log: $$(@D)/synth.log)'
	@$(call seconds,$$(YOSYS) -q -l $$(@D)/synth.log -p 'read_verilog -sv $(RTL_FILES) rtl/board/an_$1.sv; synth_ice40 -abc9 -device u -dsp -spram -top an_$1 -json $$@; tee -q -o $$(@D)/stat.txt stat' \
	    || { tail -20 $$(@D)/synth.log; exit 1; },$$(@D)/synth.seconds)
	@test -s $$@ || { echo '$$(YOSYS) wrote no $$@'; tail -20 $$(@D)/synth.log; exit 1; }
$(BITDIR)/$1/seed-%.asc: $(BITDIR)/$1/synth.json constraints/$1.pcf
	@rm -f $$@
	@echo '  place and route $1, seed $$* (log: $$(@D)/seed-$$*.log)'
	@$(call seconds,$$(NEXTPNR_ICE40) -q -l $$(@D)/seed-$$*.log --$2 --package $3 --json $$< --pcf constraints/$1.pcf --asc $$@ --freq $4 --seed $$* \
	    --report $$(@D)/seed-$$*.json --timing-allow-fail || { grep -E 'ERROR|used' $$(@D)/seed-$$*.log | tail -20; exit 1; },$$(@D)/seed-$$*.seconds)
	@test -s $$@ || { echo '$$(NEXTPNR_ICE40) wrote no $$@'; tail -20 $$(@D)/seed-$$*.log; exit 1; }
$(BITDIR)/$1/seed-%.bin: $(BITDIR)/$1/seed-%.asc
	@rm -f $$@
	@$$(ICEPACK) $$< $$@
	@test -s $$@ || { echo '$$(ICEPACK) wrote no $$@'; exit 1; }
# what the design needs of the part, fit or not
$(BITDIR)/$1/pack.log: $(BITDIR)/$1/synth.json constraints/$1.pcf
	@rm -f $$@
	@$$(NEXTPNR_ICE40) -q -l $$@ --$2 --package $3 --json $$< --pcf constraints/$1.pcf --pack-only
	@grep -q ICESTORM_LC: $$@ || { echo '$$(NEXTPNR_ICE40) counted nothing: $$@'; exit 1; }
$(call board_lint,$1,an_$1,rtl/board/an_ice40_cells.sv rtl/board/an_$1.sv,)
$(call board_goals,$1,$4,bin)
endef
