-- SPDX-License-Identifier: MIT
-- When a ground that lifts a time limit is open at all (parts/excuses.yaml).

local grounds = {}

-- The closure to look at: the school's own dates where somebody typed them, else the calendar's.
-- The closure must last four weeks without a break, so Christmas, Easter and half term never do.
local function long_closure(case, calendar, asked)
  if case.closed_from and case.reopens then
    if case.reopens < case.closed_from + weeks(4) then return nil end
    return {from = case.closed_from, reopens = case.reopens}
  end
  local closed, unknown = calendar:closure_around(asked, 28)
  if not closed then return nil, unknown end
  return {from = closed.from, reopens = closed.to + days(1)}
end

-- Asked between one week before the closure begins and one week before the school opens again.
-- Whether that last day is still inside, the words leave open: here it is not, since a ground
-- that lifts a duty is read narrowly.
local function asked_around_closure(case, calendar, asked, whom)
  if not asked then
    return false, "no advice was asked of " .. whom
  end
  local closed, unknown = long_closure(case, calendar, asked)
  if unknown then
    return false, "say from when until when " .. whom .. " was closed: " .. unknown
  end
  if not closed then
    return false, whom .. " was not closed for 4 weeks without a break"
  end
  local opens = closed.from - weeks(1)
  local ends = closed.reopens - weeks(1)
  if asked < opens then
    return false, "advice was asked on " .. tostring(asked) .. ", before the ground opens on " .. tostring(opens)
  end
  if asked >= ends then
    return false, "advice was asked on " .. tostring(asked) .. ", and the ground ends on " .. tostring(ends)
  end
  return true, "advice was asked on " .. tostring(asked) .. ", around a closure from " .. tostring(closed.from)
end

--- Regs 5(4)(a), 10(4)(a), 13(3)(a): advice was asked of a head or principal. A request to
--- a therapist or another professional opens nothing, whatever the month.
function grounds.school_closed(case, calendar)
  return asked_around_closure(case, calendar, case.items.advice.from_head.asked, "the school")
end

--- Regs 5(4)(b), 10(4)(b), 13(3)(b): the same for a provider of early years education.
function grounds.setting_closed(case, calendar)
  return asked_around_closure(case, calendar, case.items.advice.from_setting.asked, "the setting")
end

--- Regs 5(4)(d), 8(2)(b), 10(4)(d), 13(3)(d): out of the area for at least four weeks without a
--- break, in the time that the limit counts: what was over before the request lifts nothing.
function grounds.away(case)
  if not (case.absent_from and case.absent_until) then
    return false, "say first from when until when (Child or family out of the area)"
  end
  if not case.clock_from then
    return false, "no request was received, so no limit runs"
  end
  local from, since = case.absent_from, ""
  if from < case.clock_from then
    from, since = case.clock_from, " since " .. tostring(case.clock_from)
  end
  if case.absent_until < from + weeks(4) - days(1) then
    return false, "the absence lasted less than 4 weeks" .. since
  end
  return true, "out of the area from " .. tostring(from) .. " until " .. tostring(case.absent_until)
end

return grounds
