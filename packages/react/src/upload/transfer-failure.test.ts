import { describe, expect, it } from 'vitest'
import { toTransferFailure } from './transfer-failure.ts'

const refuse = (code: number): string =>
  JSON.stringify({ result: null, success: false, errors: [{ code, message: 'no' }], messages: [] })

describe('toTransferFailure', () => {
  it.each([
    [400, refuse(5455), 'file_refused_by_host', 5455],
    [400, refuse(5443), 'file_refused_by_host', 5443],
    [413, refuse(5413), 'file_refused_by_host', 5413],
    [415, refuse(5455), 'file_refused_by_host', 5455],
    [429, refuse(9422), 'file_refused_by_host', 9422],
    [400, refuse(9413), 'file_refused_by_host', 9413],
    [400, 'ERROR 5455: Uploaded image must have image/jpeg', 'file_refused_by_host', 5455],
    [200, refuse(5455), 'file_refused_by_host', 5455],
    [415, refuse(5550), 'upload_host_failed', 5550],
    [400, refuse(5500), 'upload_host_failed', 5500],
    [503, refuse(5503), 'upload_host_failed', 5503],
    [400, refuse(5540), 'upload_host_failed', 5540],
    [400, refuse(5450), 'upload_host_failed', 5450],
    [500, refuse(5455), 'upload_host_failed', 5455],
    [502, '<h1>Bad gateway</h1>', 'upload_host_failed', null],
    [200, refuse(5550), 'upload_host_failed', 5550],
    [404, refuse(5404), 'slot_expired', 5404],
    [400, 'ERROR 5404: Image not found', 'slot_expired', 5404],
    [410, refuse(5400), 'slot_expired', 5400],
    [409, refuse(5400), 'slot_spent', 5400],
    [408, '', 'transfer_timed_out', null],
    [400, refuse(5408), 'transfer_timed_out', 5408],
    [400, refuse(5411), 'upload_host_failed', 5411],
    [418, 'short and stout', 'upload_host_failed', null],
    [200, '<html>Please sign in to this network</html>', 'upload_host_failed', null],
    [200, '', 'upload_host_failed', null],
  ])('reads %i %s as %s', (status, body, code, cloudflareCode) => {
    expect(toTransferFailure(status, body)).toMatchObject({
      status: 'failed',
      failure: { code },
      cloudflareCode,
    })
  })

  it('has nothing to say when the host took the file', () => {
    expect(toTransferFailure(200, '{"success":true,"errors":[],"result":{"id":"x"}}')).toBeNull()
    expect(toTransferFailure(200, '{"success":true,"result":{"id":"x"}}')).toBeNull()
  })
})
