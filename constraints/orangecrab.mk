# SPDX-License-Identifier: Apache-2.0
# OrangeCrab r0.2: LFE5U-25F-8MG285C; its boot loader takes a DFU file, button held while it is plugged in. Always -a 0: the other one is the boot loader's
$(eval $(call ecp5_board,orangecrab,orangecrab,25k,CSFBGA285,8,orangecrab,,constraints/floorplan.py))
PROG_orangecrab := dfu-util:-a 0 -D
