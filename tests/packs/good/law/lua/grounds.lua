-- SPDX-License-Identifier: MIT
local grounds = {}
function grounds.open(case) return case.visit ~= nil end
return grounds
