/**
 * `resilience/fleet.ts`, `witnesses.ts` and `window.ts` in Lua, function by function, so that Redis takes a whole step
 * at once and by its own clock. Where they differ, this file is wrong: `describeBreakerModel` compares them.
 *
 * One hash per circuit. Every field is written at every change, empty if it does not apply.
 */
export const fleetLua = `
local key = KEYS[1]
local request = cjson.decode(ARGV[1])
local rules = cjson.decode(ARGV[2])

-- Only tests hand in a clock.
local now = tonumber(ARGV[3])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local function toOptional(text)
  if text == '' then return nil end
  return text
end

local function load()
  local flat = redis.call('HGETALL', key)
  local kept = {}
  for i = 1, #flat, 2 do kept[flat[i]] = flat[i + 1] end
  return {
    status = kept.status or 'closed',
    generation = tonumber(kept.generation or 0),
    witnesses = cjson.decode(kept.witnesses or '[]'),
    consecutive = tonumber(kept.consecutive or 0),
    window = cjson.decode(kept.window or '[]'),
    since = tonumber(kept.since or 0),
    waitMs = tonumber(kept.waitMs or 0),
    trips = tonumber(kept.trips or 0),
    reason = toOptional(kept.reason or ''),
    owner = toOptional(kept.owner or ''),
  }
end

-- A hash goes by itself a day after its wait and its window are over and nobody has written to it.
local DAY_MS = 86400000

local function save(state)
  redis.call('HSET', key,
    'status', state.status, 'generation', state.generation,
    'witnesses', cjson.encode(state.witnesses),
    'consecutive', state.consecutive, 'window', cjson.encode(state.window),
    'since', state.since, 'waitMs', state.waitMs, 'trips', state.trips,
    'reason', state.reason or '', 'owner', state.owner or '')
  local keepMs = math.ceil(math.max(state.waitMs, rules.windowMs or 0)) + DAY_MS
  if redis.call('PTTL', key) < keepMs then redis.call('PEXPIRE', key, keepMs) end
end

local function findRemaining(state)
  if now < state.since then return 0 end
  return math.max(0, state.since + state.waitMs - now)
end

-- JSON, because Redis would cut numbers and stop at the first nil of a table.
local function reply(state, granted)
  local closed = state.status == 'closed'
  return cjson.encode({
    status = state.status,
    generation = state.generation,
    remainingMs = closed and 0 or findRemaining(state),
    trips = state.trips,
    reason = state.reason,
    granted = granted,
  })
end

local function goTo(state, status, wait)
  state.status = status
  state.generation = state.generation + 1
  state.since, state.waitMs = wait.since, wait.waitMs
  state.trips, state.reason = wait.trips, wait.reason
  state.owner = wait.owner
  state.consecutive, state.window = 0, {}
end
`

/** What `report` needs besides: witnesses, windows, and the rules by which a circuit opens. */
export const reportLua = `
local MAX_WITNESSES = 100
local BUCKETS = 10

local function isLately(at)
  return math.abs(now - at) < rules.windowMs
end

local function noteSeen(witnesses, name)
  local known = { name = name }
  local others = {}
  for _, witness in ipairs(witnesses) do
    if witness.name == name then known = witness
    elseif isLately(witness.seenAt) then table.insert(others, witness) end
  end
  known.seenAt = now
  table.insert(others, known)
  if #others > MAX_WITNESSES then table.remove(others, 1) end
  return others
end

-- The witness of this report has just been seen, so it is the last.
local function noteBadNews(witnesses)
  local witness = witnesses[#witnesses]
  if request.failures > 0 then witness.failedAt = now end
  if request.slow > 0 then witness.slowAt = now end
end

local function hasQuorum(witnesses, reason)
  local votes = 0
  for _, witness in ipairs(witnesses) do
    local at = witness.failedAt
    if reason == 'slow' then at = witness.slowAt end
    if at and isLately(at) then votes = votes + 1 end
  end
  local needed = rules.quorum
  if rules.orEverybody then needed = math.min(needed, #witnesses) end
  return votes >= needed
end

local function addCounts(window)
  local at = math.floor(now * BUCKETS / rules.windowMs)
  local kept = {}
  -- Buckets from the future would not expire.
  for _, bucket in ipairs(window) do
    if bucket.at <= at + 1 then table.insert(kept, bucket) end
  end
  local last = kept[#kept]
  if last and at <= last.at then
    last.calls = last.calls + request.calls
    last.failures = last.failures + request.failures
    last.slow = last.slow + request.slow
    return kept
  end
  local fresh = {}
  for _, bucket in ipairs(kept) do
    if bucket.at > at - BUCKETS then table.insert(fresh, bucket) end
  end
  table.insert(fresh,
    { at = at, calls = request.calls, failures = request.failures, slow = request.slow })
  return fresh
end

local function countWindow(window)
  local at = math.floor(now * BUCKETS / rules.windowMs)
  local counts = { calls = 0, failures = 0, slow = 0 }
  for _, bucket in ipairs(window) do
    if bucket.at > at - BUCKETS then
      counts.calls = counts.calls + bucket.calls
      counts.failures = counts.failures + bucket.failures
      counts.slow = counts.slow + bucket.slow
    end
  end
  return counts
end

local function findTripReason(counts, consecutive)
  if consecutive >= rules.consecutiveFailures then return 'consecutive' end
  if counts.calls < rules.minimumCalls then return nil end
  if counts.failures >= rules.failureRate * counts.calls then return 'rate' end
  if counts.slow >= rules.slowRate * counts.calls then return 'slow' end
  return nil
end
`

/** What `report` and `settleProbe` need besides. */
export const openForLua = `
local function openFor(trips)
  local longest = math.min(rules.maxOpenMs, rules.openMs * 2 ^ (trips - 1))
  return longest * (0.8 + 0.4 * request.random)
end
`
