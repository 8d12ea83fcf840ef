import { expect, test } from 'vitest'
import { isPublicAddress, isPublicHost } from './public-address.ts'

const hostOf = (url: string): string => new URL(url).hostname

test.each([
  'http://127.0.0.1',
  'http://127.1',
  'http://2130706433',
  'http://0x7f.1',
  'http://0177.0.0.1',
  'http://0.0.0.0',
  'http://10.1.2.3',
  'http://100.64.0.1',
  'http://169.254.169.254',
  'http://172.16.0.1',
  'http://172.31.255.255',
  'http://192.168.1.1',
  'http://198.19.255.255',
  'http://224.0.0.1',
  'http://255.255.255.255',
  'http://[::1]',
  'http://[::]',
  'http://[::ffff:127.0.0.1]',
  'http://[64:ff9b::7f00:1]',
  'http://[fe80::1]',
  'http://[fd00:ec2::254]',
  'http://[2002:7f00:1::]',
  'http://[2001:db8::1]',
  'http://localhost',
  'http://LOCALHOST.',
  'http://app.localhost',
  'http://printer.local',
  'http://metadata.google.internal',
  'http://metadata',
])('%s is not of the Internet', (url) => {
  expect(isPublicHost(hostOf(url))).toBe(false)
})

test.each([
  'http://example.com',
  'http://1.1.1.1',
  'http://172.32.0.1',
  'http://100.128.0.1',
  'http://[2606:4700::1111]',
  'http://[2001:4860:4860::8888]',
  'http://mylocal.com',
])('%s is of the Internet', (url) => {
  expect(isPublicHost(hostOf(url))).toBe(true)
})

test('reads addresses without brackets too', () => {
  expect(isPublicAddress('::1')).toBe(false)
  expect(isPublicAddress('fe80::1%eth0')).toBe(false)
  expect(isPublicAddress('2606:4700::1111')).toBe(true)
})
