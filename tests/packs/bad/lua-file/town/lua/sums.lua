-- SPDX-License-Identifier: MIT
local sums = {}

sums.day = os.time()

return sums
