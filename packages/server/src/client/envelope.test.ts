import { describe, expect, test } from 'vitest'
import outage from '../../../emulator/fixtures/upload-outage-reply.json' with { type: 'json' }
import { isFileRefusal, openEnvelope } from './envelope.ts'

const open = (body: string, status = 200, headers: Record<string, string> = {}) =>
  openEnvelope({
    operation: 'images.get',
    response: new Response(null, { status, headers }),
    body,
    now: 0,
  })

const failing = (code: number, message = 'x') =>
  JSON.stringify({ success: false, errors: [{ code, message }], messages: [], result: null })

describe('openEnvelope', () => {
  test('takes the result out', () => {
    expect(open('{"success":true,"errors":[],"messages":[],"result":{"id":"a"}}')).toEqual({
      result: { id: 'a' },
    })
    expect(open('{"success":true,"errors":null,"result":null}')).toEqual({ result: null })
  })

  test.each([
    [404, 5404, 'not_found'],
    [415, 5550, 'host_unavailable'],
    [415, 5455, 'file_refused_by_host'],
    [401, 10_000, 'credentials_refused'],
    [429, 10_000, 'rate_limited'],
    [404, 7003, 'host_refused'],
    [501, 1, 'host_refused'],
    [503, 1, 'host_unavailable'],
    [522, 1, 'host_unavailable'],
    [504, 1, 'host_timed_out'],
    [409, 5409, 'host_refused'],
    [200, 5550, 'host_unavailable'],
    [200, 1, 'host_reply_invalid'],
  ] as const)('HTTP %i with %i is %s', (status, code, expected) => {
    expect(() => open(failing(code), status)).toThrow(
      expect.objectContaining({ code: expected, status, cloudflareCodes: [code] }),
    )
  })

  test.each([
    ['', 502, 'host_unavailable'],
    ['<html>Bad gateway</html>', 502, 'host_unavailable'],
    ['<html>Hello</html>', 200, 'host_reply_invalid'],
    ['<html>No such page</html>', 404, 'host_reply_invalid'],
    ['{"success":false,"errors":[{"code":94', 415, 'host_reply_invalid'],
    ['', 400, 'host_reply_invalid'],
    ['{"success":false}', 404, 'not_found'],
    ['[]', 200, 'host_reply_invalid'],
    ['{"success":"yes"}', 200, 'host_reply_invalid'],
    ['ERROR 5455: not a picture', 415, 'file_refused_by_host'],
  ] as const)('reads the body %j with HTTP %i as %s', (body, status, code) => {
    expect(() => open(body, status)).toThrow(expect.objectContaining({ code }))
  })

  test.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '604800' }, 3_600_000],
    [{ 'retry-after': '99999999999999999999' }, 3_600_000],
    [{ 'retry-after': 'Wed, 31 Dec 1969 23:59:00 GMT' }, undefined],
    [{ 'retry-after': 'NaN' }, undefined],
    [{ 'retry-after': '-3' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ ratelimit: '"default";r=0;t=9' }, 9000],
    [{ 'retry-after': '7', ratelimit: '"default";r=0;t=9' }, 7000],
  ])('takes %j for a pause of %s ms', (headers, retryAfterMs) => {
    expect(() => open(failing(1), 429, { ...headers })).toThrow(
      expect.objectContaining({ code: 'rate_limited', retryAfterMs }),
    )
  })

  test('tells when the account has used up its limit with this very call', () => {
    const body = '{"success":true,"result":1}'
    expect(open(body, 200, { ratelimit: '"default";r=0;t=30' })).toEqual({
      result: 1,
      exhaustedForMs: 30_000,
    })
    expect(open(body, 200, { ratelimit: '"default";r=1;t=30' })).toEqual({ result: 1 })
  })

  test('keeps Cloudflare’s name for the request, for its support', () => {
    expect(() => open(failing(1), 500, { 'cf-ray': '8f2c1a-FRA' })).toThrow(
      expect.objectContaining({
        rayId: '8f2c1a-FRA',
        message: expect.stringContaining('8f2c1a-FRA'),
      }),
    )
    expect(() => open(failing(1), 500, { 'cf-ray': 'a b?c' })).toThrow(
      expect.objectContaining({ rayId: undefined }),
    )
  })

  test('repeats nothing of the body in its message', () => {
    expect(() => open(failing(5500, 'secret-token'), 500)).not.toThrow('secret-token')
  })

  test('names ten codes at most, however many there are', () => {
    const body = JSON.stringify({
      success: false,
      errors: Array.from({ length: 100_000 }, () => ({ code: 1 })),
    })
    const cloudflareCodes = Array<number>(10).fill(1)
    expect(() => open(body, 400)).toThrow(
      expect.objectContaining({ cloudflareCodes, message: expect.stringMatching(/^.{1,120}$/) }),
    )
  })

  test('an outage that calls itself 415 is an outage, as it was observed in July 2026', () => {
    const { status, body } = outage
    expect(() => open(JSON.stringify(body), status)).toThrow(
      expect.objectContaining({ code: 'host_unavailable' }),
    )
  })
})

test('isFileRefusal takes an outage for no refusal', () => {
  expect([5455, 9422, 5413, 9413, 5550, 5404, 0].map(isFileRefusal)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
