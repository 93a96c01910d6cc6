/* SPDX-License-Identifier: Apache-2.0 */
#include "an_err.h"

const char *an_err_text(an_err_t e) {
    switch (e) {
    case AN_OK: return "ok";
    case AN_ERR_ARG: return "bad argument";
    case AN_ERR_MEMORY: return "out of memory";
    case AN_ERR_REFUSED: return "the device refused an address";
    case AN_ERR_TIMEOUT: return "the device did not answer in time";
    case AN_ERR_LINK: return "frames keep coming back damaged";
    case AN_ERR_IO: return "input or output failed";
    case AN_ERR_MISMATCH: return "the device is not what was expected";
    case AN_ERR_INPUT: return "the input is not legal";
    case AN_ERR_FIT: return "the network does not fit the configuration";
    case AN_ERR_STALL: return "the program waits for ever";
    case AN_ERR_FAULT: return "the program executed an illegal instruction";
    }
    return "unknown error";
}
