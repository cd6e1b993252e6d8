/* SPDX-License-Identifier: MIT */
/* fuzz - what a fuzzer is: one function that must survive any bytes.
 *
 * Built by clang with libFuzzer it searches (`make fuzz-NAME`); linked with
 * replay.c it runs each file of a corpus once, which `make test` does.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#endif
