/** One script for each method of the port. Each is one atomic step on one hash. */
import { fleetLua, openForLua, reportLua } from './fleet-lua.ts'

export const observeLua = `${fleetLua}
return reply(load())
`

export const takeReportLua = `${fleetLua}${openForLua}${reportLua}
local function count(state)
  state.window = addCounts(state.window)
  if request.calls > request.failures then state.consecutive = request.trailingFailures
  else state.consecutive = state.consecutive + request.failures end
  noteBadNews(state.witnesses)
  if request.failures + request.slow == 0 then return end
  local reason = findTripReason(countWindow(state.window), state.consecutive)
  if not reason or not hasQuorum(state.witnesses, reason) then return end
  goTo(state, 'open', { since = now, waitMs = math.ceil(openFor(1)), trips = 1, reason = reason })
end

local function hold(state)
  local holdMs = math.ceil(request.holdMs or 0)
  if holdMs <= 0 then return end
  if state.status == 'closed' then
    goTo(state, 'open', { since = now, waitMs = holdMs, trips = 1 })
  elseif state.status == 'probing' then
    goTo(state, 'open', { since = now, waitMs = holdMs, trips = state.trips, reason = state.reason })
  elseif findRemaining(state) < holdMs then
    state.since, state.waitMs = now, holdMs
  end
end

local state = load()
state.witnesses = noteSeen(state.witnesses, request.witness)
local isCurrent = request.generation == state.generation
if isCurrent and state.status == 'closed' then count(state) end
if isCurrent or state.status == 'open' then hold(state) end
save(state)
return reply(state)
`

export const grantProbeLua = `${fleetLua}
local state = load()
if state.status == 'closed' or findRemaining(state) > 0 then return reply(state, false) end
goTo(state, 'probing', {
  since = now, waitMs = math.ceil(request.leaseMs),
  trips = state.trips, reason = state.reason, owner = request.owner,
})
save(state)
return reply(state, true)
`

export const settleProbeLua = `${fleetLua}${openForLua}
local function close(state)
  goTo(state, 'closed', { since = 0, waitMs = 0, trips = 0 })
  for at, witness in ipairs(state.witnesses) do
    state.witnesses[at] = { name = witness.name, seenAt = witness.seenAt }
  end
end

local function reopen(state)
  local trips = state.trips + 1
  local pauseMs = math.max(openFor(trips), request.retryAfterMs or 0)
  local reason = 'probe'
  if request.outcome == 'slow' then reason = 'slow' end
  goTo(state, 'open', { since = now, waitMs = math.ceil(pauseMs), trips = trips, reason = reason })
end

local state = load()
local isOut = state.status == 'probing'
  and state.owner == request.owner and state.generation == request.generation
if not isOut then return reply(state) end

local outcome = request.outcome
if outcome == 'success' or (outcome == 'slow' and state.reason ~= 'slow') then close(state)
elseif outcome == 'failure' or outcome == 'slow' then reopen(state)
else goTo(state, 'open', { since = now, waitMs = 0, trips = state.trips, reason = state.reason }) end
save(state)
return reply(state)
`
