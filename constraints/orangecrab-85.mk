# SPDX-License-Identifier: Apache-2.0
# OrangeCrab r0.2 with an LFE5U-85F-8MG285C
$(eval $(call ecp5_board,orangecrab-85,orangecrab,85k,CSFBGA285,8,orangecrab,Large=1,constraints/floorplan.py))
PROG_orangecrab-85 := $(PROG_orangecrab)
