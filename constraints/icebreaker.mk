# SPDX-License-Identifier: Apache-2.0
# iCEBreaker: iCE40 UP5K, SG48; openFPGALoader or iceprog writes the flash over USB (channel A; the link is channel B)
$(eval $(call ice40_board,icebreaker,up5k,sg48,24))
PROG_icebreaker := openFPGALoader:-b ice40_generic iceprog:
