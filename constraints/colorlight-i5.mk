# SPDX-License-Identifier: Apache-2.0
# Colorlight i5: LFE5U-25F-6BG381C; over the extension board's DAPLink. ecpdap: once `ecpdap flash unprotect` before a write of the flash
$(eval $(call ecp5_board,colorlight-i5,colorlight_i5,25k,CABGA381,6,colorlight-i5,,constraints/floorplan.py))
PROG_colorlight-i5 := openFPGALoader:-b colorlight-i5 ecpdap:program
