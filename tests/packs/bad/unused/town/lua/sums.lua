-- SPDX-License-Identifier: MIT
local sums = {}

local function double(n) return n * 2 end

function sums.four() return double(2) end

return sums
