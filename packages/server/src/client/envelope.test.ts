import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
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

const readFixture = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../emulator/fixtures/${name}.json`, import.meta.url), 'utf8'),
  )

describe('openEnvelope', () => {
  test('takes the result out', () => {
    expect(open('{"success":true,"errors":[],"messages":[],"result":{"id":"a"}}')).toEqual({
      status: 200,
      result: { id: 'a' },
    })
  })

  test.each([
    [404, 5404, 'not_found'],
    [415, 5550, 'host_unavailable'],
    [415, 5455, 'file_refused_by_host'],
    [401, 10_000, 'credentials_refused'],
    [429, 10_000, 'rate_limited'],
    [503, 1, 'host_unavailable'],
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
    ['[]', 200, 'host_reply_invalid'],
    ['{"success":"yes"}', 200, 'host_reply_invalid'],
    ['ERROR 5455: not a picture', 415, 'file_refused_by_host'],
  ] as const)('reads the body %j with HTTP %i as %s', (body, status, code) => {
    expect(() => open(body, status)).toThrow(expect.objectContaining({ code }))
  })

  test('keeps how long Cloudflare asked to wait', () => {
    expect(() => open(failing(1), 429, { 'retry-after': '7' })).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ retryAfterMs: 7000 }) }),
    )
  })

  test('repeats nothing of the body in its message', () => {
    expect(() => open(failing(5500, 'secret-token'), 500)).not.toThrow('secret-token')
  })

  test('an outage that calls itself 415 is an outage, as it was observed in July 2026', () => {
    const { status, body } = readFixture('upload-outage-reply')
    expect(() => open(JSON.stringify(body), status)).toThrow(
      expect.objectContaining({ code: 'host_unavailable' }),
    )
  })
})

test('isFileRefusal takes an outage for no refusal', () => {
  expect([5455, 9422, 5413, 5550, 5404, 0].map(isFileRefusal)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
