/**
 * The limiter of one account, shared by all processes, as a script that Redis runs as one step. BullMQ's own limiter counts
 * jobs in fixed windows; what a vendor limits is requests (a conversation has many, and so has a call that is repeated) and
 * tokens, in any window, and how many are under way. No kept library has all three with leases that end when their holder
 * dies, so this is ours.
 *
 * KEYS: state of the lane (hash), leases (sorted set by the time at which they end).
 * ARGV: what to do, then its arguments. All times are of the server's clock, in milliseconds.
 *
 * - `take` lease, lease_ms, cap, slow, rpm, tpm, tokens: a slot, if one is free and the rates allow it. 0 stands for no rate.
 *   The buckets fill evenly and hold 100 ms, as those of one process do (`engine/calls/pace.ts`).
 * - `report` signal, started, retry_after, tokens: how a request ended. Limits change as in `engine/calls/adapt.ts`, and the
 *   lane waits as in `engine/calls/lanes.ts`: requests that had started before a cut belong to its episode, whichever process
 *   sent them, so all slow down once.
 * - `renew` lease_ms, lease …: they live on. `free` lease: gives a slot back. `look`: changes nothing.
 */
export const limiterScript = `
local S, L = KEYS[1], KEYS[2]
local op = ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local s = {}
local raw = redis.call('HGETALL', S)
for i = 1, #raw, 2 do s[raw[i]] = tonumber(raw[i + 1]) end
local changed = {}
local function set(name, value)
  s[name] = value
  changed[#changed + 1] = name
end
local function get(name, absent) return s[name] or absent end
local function bucket(name, per_minute, unit)
  local most = unit + per_minute / 600
  local level = math.min(most, get(name, most) + math.max(0, now - get(name .. '_at', now)) * per_minute / 60000)
  set(name, level)
  set(name .. '_at', now)
  return level
end
local function note(why)
  set('changes', get('changes', 0) + 1)
  set('grown', why == 'grown' and 1 or 0)
end
local function width()
  if get('refusals', 0) > 1 then return 1 end
  return math.max(1, math.floor(get('limit', 1)))
end
local granted, wait = 0, 0
if op == 'take' then
  local cap, slow, rpm, tpm, tokens = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
  if s.cap ~= cap then
    set('cap', cap)
    set('limit', slow == 1 and math.min(4, cap) or cap)
    set('start', s.limit)
    set('doubling', slow)
    set('accepted', 0)
    set('born', now)
  end
  redis.call('ZREMRANGEBYSCORE', L, '-inf', now)
  wait = math.max(0, get('not_before', 0) - now)
  if rpm > 0 then wait = math.max(wait, (1 - bucket('req', rpm, 1)) * 60000 / rpm) end
  if tpm > 0 then wait = math.max(wait, -bucket('tok', tpm, 0) * 60000 / tpm) end
  if wait <= 0 then
    if redis.call('ZCARD', L) < width() then
      granted = 1
      wait = 0
      redis.call('ZADD', L, now + tonumber(ARGV[3]), ARGV[2])
      set('requests', get('requests', 0) + 1)
      if rpm > 0 then set('req', s.req - 1) end
      if tpm > 0 then set('tok', s.tok - tokens) end
    else
      wait = -1
    end
  end
elseif op == 'report' then
  local signal, started, after, tokens = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
  if s.tok then set('tok', s.tok - tokens) end
  local limit = get('limit', 1)
  if signal == 'accepted' then
    if get('refusals', 0) > 0 then set('refusals', 0) end
    if limit < get('cap', 1) and started >= get('cut_at', 0) then
      set('accepted', get('accepted', 0) + 1)
      if s.accepted >= limit then
        set('accepted', 0)
        set('limit', math.min(s.cap, get('doubling', 0) == 1 and limit * 2 or limit + math.max(1, limit * 0.05)))
        if math.floor(s.limit) > math.floor(limit) then note('grown') end
      end
    end
  else
    set('accepted', 0)
  end
  if signal == 'refused' then
    set('refused', get('refused', 0) + 1)
    if started >= get('cut_at', 0) then
      set('cut_at', now)
      set('limit', math.max(1, limit * (get('doubling', 0) == 1 and 0.5 or 0.8)))
      set('doubling', 0)
      if math.floor(s.limit) < math.floor(limit) then note('cut') end
    end
    local first = get('refusals', 0) == 0
    if first or started >= get('last_refusal', 0) then
      if first then set('first_refusal', now) end
      set('refusals', get('refusals', 0) + 1)
      set('last_refusal', now)
      local pause = first and math.min(after, 1000)
        or math.max(after, math.min(tonumber(ARGV[7]), tonumber(ARGV[6]) * 2 ^ (s.refusals - 2)))
      set('not_before', math.max(get('not_before', 0), now + pause))
    end
  end
elseif op == 'renew' then
  for i = 3, #ARGV do redis.call('ZADD', L, 'XX', now + tonumber(ARGV[2]), ARGV[i]) end
elseif op == 'free' then
  redis.call('ZREM', L, ARGV[2])
end
if #changed > 0 then
  local fields = {}
  for _, name in ipairs(changed) do
    fields[#fields + 1] = name
    fields[#fields + 1] = string.format('%.4f', s[name])
  end
  redis.call('HSET', S, unpack(fields))
  redis.call('PEXPIRE', S, 3600000)
end
local held = redis.call('ZCARD', L)
if held > 0 and op ~= 'look' then redis.call('PEXPIRE', L, 600000) end
local refused_ms = get('refusals', 0) > 0 and math.max(1, now - s.first_refusal) or 0
local figures = {
  granted, math.ceil(wait), held, now, refused_ms, math.max(0, get('not_before', 0) - now),
  width(), get('requests', 0), get('refused', 0), get('changes', 0), get('grown', 0), get('start', 0), get('cap', 0),
}
for i, figure in ipairs(figures) do figures[i] = string.format('%.3f', figure) end
return figures
`;
