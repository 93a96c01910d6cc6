# SPDX-License-Identifier: Apache-2.0
# ULX3S: LFE5U-85F-6BG381C; loaded into SRAM over USB (the FT231X's modem lines)
$(eval $(call ecp5_board,ulx3s,ulx3s,85k,CABGA381,6,ulx3s,,constraints/floorplan.py))
PROG_ulx3s := openFPGALoader:-b ulx3s fujprog:
