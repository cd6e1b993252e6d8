-- SPDX-License-Identifier: MIT
local sums = {}

local function late(case)
  return case.events.reprot.latest > case.visit
end

function sums.may_go(case, calendar)
  if os.time() > limit then return false, "too late" end
  return late(case) and case.visits < case.on and case.items.papers.leter.done and case.settings.report_in
end

return sums
