-- SPDX-License-Identifier: MIT
-- Decisions about a reduced timetable that one line cannot say.
local timetable = {}

-- The line of the setting `full_hours` that a school year reads. A reception pupil who is already
-- of compulsory school age is five, and the table's first line is for five to seven.
local function stage(year)
  if year <= 2 then return "KS1", "key stage 1" end
  if year <= 6 then return "KS2", "key stage 2" end
  if year <= 9 then return "KS3", "key stage 3" end
  if year == 10 then return "KS4", "year 10" end
  return "Y11", "year 11"
end

--- True when the hours proposed are full time already, so that nothing is reduced.
function timetable.full_time(case, calendar)
  local line, name = stage(case.year_group)
  local full = case.settings.full_hours[line]
  if case.hours < full then return false end
  return true, case.hours .. " hours a week is full time in " .. name .. ", where " .. full .. " hours are full time"
end

return timetable
