# SPDX-License-Identifier: Apache-2.0
# Generated from rtl/spec/antinode.toml by rtl/spec/gen.py. Do not edit; run: make gen
# CONFIG_<name>: the parameters of an_chip as Name=value words

CONFIGS := tiny icebreaker colorlight-i5 orangecrab orangecrab-85 ulx3s bench-1x2 bench-1x8 bench-4x2
CONFIG_tiny := Cores=1 Lanes=1 SynWords=4096 StateWords=512 RateWords=512 ProgWords=256 Scalars=64 InWords=16 OutWords=16 LinkSteps=4 ClockHz=0 VectorUnits=0 Banked=0 Pairs=1 Recip=1 Ring=1 Sums=1 Ahead=1 Split=1 Beside=1 Follow=1 Closed=1 Pass=1 Take=1 Give=1
CONFIG_icebreaker := Cores=1 Lanes=2 SynWords=65536 StateWords=1024 RateWords=1024 ProgWords=256 Scalars=256 InWords=256 OutWords=256 LinkSteps=2 ClockHz=24000000 VectorUnits=1 Banked=1 Pairs=0 Recip=0 Ring=0 Sums=0 Ahead=0 Split=0 Beside=0 Follow=0 Closed=0 Pass=0 Take=0 Give=0
CONFIG_colorlight-i5 := Cores=1 Lanes=8 SynWords=32768 StateWords=4096 RateWords=4096 ProgWords=512 Scalars=256 InWords=1024 OutWords=512 LinkSteps=2 ClockHz=80000000 VectorUnits=2 Banked=0 Pairs=1 Recip=1 Ring=1 Sums=1 Ahead=1 Split=0 Beside=1 Follow=0 Closed=0 Pass=0 Take=0 Give=0
CONFIG_orangecrab := Cores=1 Lanes=8 SynWords=32768 StateWords=4096 RateWords=4096 ProgWords=512 Scalars=256 InWords=1024 OutWords=512 LinkSteps=2 ClockHz=80000000 VectorUnits=2 Banked=0 Pairs=1 Recip=1 Ring=1 Sums=1 Ahead=1 Split=0 Beside=1 Follow=0 Closed=0 Pass=0 Take=0 Give=0
CONFIG_orangecrab-85 := Cores=6 Lanes=8 SynWords=16384 StateWords=4096 RateWords=4096 ProgWords=256 Scalars=256 InWords=1024 OutWords=512 LinkSteps=16 ClockHz=80000000 VectorUnits=1 Banked=0 Pairs=0 Recip=1 Ring=1 Sums=1 Ahead=1 Split=1 Beside=1 Follow=0 Closed=0 Pass=1 Take=0 Give=0
CONFIG_ulx3s := Cores=6 Lanes=8 SynWords=16384 StateWords=4096 RateWords=4096 ProgWords=256 Scalars=256 InWords=1024 OutWords=512 LinkSteps=16 ClockHz=80000000 VectorUnits=1 Banked=0 Pairs=0 Recip=1 Ring=1 Sums=1 Ahead=1 Split=1 Beside=1 Follow=0 Closed=0 Pass=1 Take=0 Give=0
CONFIG_bench-1x2 := Cores=1 Lanes=2 SynWords=65536 StateWords=1024 RateWords=1024 ProgWords=256 Scalars=256 InWords=256 OutWords=256 LinkSteps=64 ClockHz=0 VectorUnits=0 Banked=0 Pairs=1 Recip=1 Ring=1 Sums=1 Ahead=0 Split=1 Beside=1 Follow=1 Closed=0 Pass=1 Take=1 Give=1
CONFIG_bench-1x8 := Cores=1 Lanes=8 SynWords=65536 StateWords=4096 RateWords=4096 ProgWords=512 Scalars=256 InWords=1024 OutWords=256 LinkSteps=64 ClockHz=0 VectorUnits=0 Banked=0 Pairs=1 Recip=1 Ring=1 Sums=1 Ahead=0 Split=1 Beside=1 Follow=1 Closed=0 Pass=1 Take=1 Give=1
CONFIG_bench-4x2 := Cores=4 Lanes=2 SynWords=65536 StateWords=4096 RateWords=4096 ProgWords=512 Scalars=256 InWords=1024 OutWords=256 LinkSteps=64 ClockHz=0 VectorUnits=0 Banked=0 Pairs=1 Recip=1 Ring=1 Sums=1 Ahead=0 Split=1 Beside=1 Follow=1 Closed=0 Pass=1 Take=1 Give=1
