/* SPDX-License-Identifier: Apache-2.0
 * fake_chip -- an an_sim_api whose chip is a second model: the pairing and the paired port are tested without Verilator, and with
 * differences put in on purpose. */
#ifndef FAKE_CHIP_H
#define FAKE_CHIP_H
#include "an_sim.h"

typedef enum fake_fault {
    FAKE_NONE,
    FAKE_VALUE,    /* bit 0 of the value of record number `at` */
    FAKE_CLOCK,    /* one clock late */
    FAKE_ADDR,
    FAKE_LANE,
    FAKE_KIND,     /* R becomes S and the like */
    FAKE_LOST,     /* the record does not come */
    FAKE_LOST_H,   /* the last record does not come */
    FAKE_TWICE,    /* it comes twice */
    FAKE_SWAPPED,  /* it changes places with the next one */
    FAKE_MEMORY,   /* all records right, but one rate word reads back wrong at the end */
    FAKE_POP,      /* the first word of the output stream */
    FAKE_HANG,     /* never comes to rest */
    FAKE_VISITS,   /* the counter reads one too many */
    FAKE_FAULTS
} fake_fault_t;

extern fake_fault_t fake_fault;
extern uint64_t fake_at;      /* record, from 0 */
extern uint64_t fake_records; /* seen so far */
extern bool fake_done;        /* the fault has been put in */
void fake_set(fake_fault_t fault, uint64_t at);

const an_sim_api_t *fake_chip_api(const an_config_t *cfg); /* one configuration at a time */

#endif
