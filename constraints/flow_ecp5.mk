# SPDX-License-Identifier: Apache-2.0
# Yosys and nextpnr for ECP5 parts; the traps are those of flow_ice40.mk.
# ecp5_config(name, configuration, size, package, MHz): an_top with a named configuration, pins left to the tool -> $(BITDIR)/<name>/
define ecp5_config
$(BITDIR)/$1/synth.json: $(RTL_FILES) rtl/gen/configs.mk
	@mkdir -p $$(@D) && rm -f $$@
	@echo '  synth $1 (log: $$(@D)/synth.log)'
	@$$(YOSYS) -q -l $$(@D)/synth.log -p 'read_verilog -sv $(RTL_FILES); chparam $(foreach p,$(CONFIG_$2),-set $(subst =, ,$p)) an_top; synth_ecp5 -top an_top -json $$@' \
	    || { tail -20 $$(@D)/synth.log; exit 1; }
	@test -s $$@ || { echo '$$(YOSYS) wrote no $$@'; tail -20 $$(@D)/synth.log; exit 1; }
$(BITDIR)/$1/seed-%.cfg: $(BITDIR)/$1/synth.json
	@rm -f $$@
	@echo '  place and route $1, seed $$* (log: $$(@D)/seed-$$*.log)'
	@$$(NEXTPNR_ECP5) -q -l $$(@D)/seed-$$*.log --$3 --package $4 --speed 6 --json $$< --lpf-allow-unconstrained --textcfg $$@ --freq $5 --seed $$* \
	    --report $$(@D)/seed-$$*.json --timing-allow-fail || { grep -E 'ERROR|used' $$(@D)/seed-$$*.log | tail -20; exit 1; }
	@test -s $$@ || { echo '$$(NEXTPNR_ECP5) wrote no $$@'; tail -20 $$(@D)/seed-$$*.log; exit 1; }
endef
$(eval $(call ecp5_config,ecp5-tiny,tiny,25k,CABGA381,24))
