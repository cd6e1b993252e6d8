-- SPDX-License-Identifier: MIT
-- What Northmoor asks of a report.
local reports = {}

--- True when fewer than five working days are left before the family must hear the decision.
function reports.too_late(case, calendar)
  local decide = case.due.decide
  if not decide then return false end
  if calendar:add_working_days(case.on, 5) <= decide then return false end
  return true, "the decision is due on " .. tostring(decide)
end

return reports
