# SPDX-License-Identifier: Apache-2.0
# Yosys and nextpnr for iCE40 parts. Paths are relative to the repository root: the WASM tools have a temporary folder of their own.
# Some tools exit with 0 and no output: every step removes its output first and asks for it afterwards.

# ice40_board(name, device, package, MHz): rtl/board/an_<name>.sv, constraints/<name>.pcf -> $(BITDIR)/<name>/
define ice40_board
$(BITDIR)/$1/synth.json: rtl/board/an_$1.sv $(RTL_FILES) constraints/flow_ice40.mk
	@mkdir -p $$(@D) && rm -f $$@
	@echo '  synth $1 (log: $$(@D)/synth.log)'
	@$$(YOSYS) -q -l $$(@D)/synth.log -p 'read_verilog -sv $(RTL_FILES) rtl/board/an_$1.sv; synth_ice40 -abc9 -device u -dsp -spram -top an_$1 -json $$@; tee -q -o $$(@D)/stat.txt stat' \
	    || { tail -20 $$(@D)/synth.log; exit 1; }
	@test -s $$@ || { echo '$$(YOSYS) wrote no $$@'; tail -20 $$(@D)/synth.log; exit 1; }
$(BITDIR)/$1/seed-%.asc: $(BITDIR)/$1/synth.json constraints/$1.pcf
	@rm -f $$@
	@echo '  place and route $1, seed $$* (log: $$(@D)/seed-$$*.log)'
	@$$(NEXTPNR_ICE40) -q -l $$(@D)/seed-$$*.log --$2 --package $3 --json $$< --pcf constraints/$1.pcf --asc $$@ --freq $4 --seed $$* \
	    --report $$(@D)/seed-$$*.json --timing-allow-fail || { grep -E 'ERROR|used' $$(@D)/seed-$$*.log | tail -20; exit 1; }
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
.PHONY: bitstream-$1 prog-$1 fit-$1
fit-$1: $(BITDIR)/$1/pack.log
	@$$(PYTHON) constraints/report.py --board $1 --dir $(BITDIR)/$1 --mhz $4 --seeds '' --tools $(B)/tools/synth.txt --out docs/reports/$1.md
bitstream-$1: fit-$1
	@$$(MAKE) --no-print-directory $(SEEDS:%=$(BITDIR)/$1/seed-%.bin)
	@$$(PYTHON) constraints/report.py --board $1 --dir $(BITDIR)/$1 --mhz $4 --seeds '$(SEEDS)' --tools $(B)/tools/synth.txt \
	    --out docs/reports/$1.md --best $(BITDIR)/$1/antinode.bin
prog-$1:
	@bash constraints/prog $1 $(BITDIR)/$1/antinode.bin '$$(PROG_$1)'
endef

.PHONY: test-bitstream
bitstream: $(if $(filter $(BOARD),$(BOARDS)),bitstream-$(BOARD),bitstream-unknown)
prog: $(if $(filter $(BOARD),$(BOARDS)),prog-$(BOARD),bitstream-unknown)
.PHONY: bitstream-unknown
bitstream-unknown:
	@echo 'there is no board $(BOARD); there are: $(BOARDS)' >&2; exit 1

# what every board needs, against its committed page, and a small configuration placed and routed on an ECP5
test-bitstream: $(BOARDS:%=$(BITDIR)/%/pack.log) $(BITDIR)/ecp5-tiny/seed-1.cfg
	@$(foreach b,$(BOARDS),$(PYTHON) constraints/report.py --board $b --dir $(BITDIR)/$b --mhz 24 --seeds '' --tools $(B)/tools/synth.txt --check docs/reports/$b.md &&) true
	@$(PYTHON) constraints/report.py --board ecp5-tiny --dir $(BITDIR)/ecp5-tiny --mhz 24 --seeds 1 --tools $(B)/tools/synth.txt
