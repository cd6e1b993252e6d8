-- SPDX-License-Identifier: MIT

local hours = {}

local function stage(year)
  if year <= 2 then return "infants" end
  if year <= 6 then return "juniors" end
  return "seniors"
end

--- Whether the hours are full time already, and in whose words.
function hours.full(case)
  local full = case.settings.full_hours[stage(case.year_group)]
  if case.hours < full then return false end
  return true, case.hours .. " hours a week is full time for " .. stage(case.year_group)
end

return hours
