import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../settings.ts'
import { parseOptions } from './parse-options.ts'
import { settleHints } from './request-hints.ts'

const settle = (list: string, headers: Record<string, string>) =>
  settleHints(parseOptions(list, defaultSettings), new Headers(headers))

const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148'

describe('width=auto', () => {
  test.each([
    ['w=auto', {}, 1200],
    ['w=auto', { 'User-Agent': phone }, 768],
    ['w=auto,wmobile=400', { 'User-Agent': phone }, 400],
    ['w=auto,wdesktop=1600', {}, 1600],
    ['w=auto', { 'Sec-CH-Viewport-Width': '300' }, 320],
    ['w=auto', { 'Sec-CH-Viewport-Width': '321', 'User-Agent': phone }, 768],
    ['w=auto', { 'Sec-CH-Viewport-Width': '400', 'Sec-CH-DPR': '2' }, 960],
    ['w=auto', { 'Sec-CH-Viewport-Width': '4000' }, 1200],
    ['w=auto,wbreakpoints=1920;320', { 'Sec-CH-Viewport-Width': '400' }, 1920],
    ['w=auto', { 'Sec-CH-Viewport-Width': 'wide' }, 1200],
  ])('%s with %o is %i', (list, headers, width) => {
    expect(settle(list, headers)).toEqual({ width })
  })
})

describe('slow-connection-quality', () => {
  test.each([
    [{}, 80],
    [{ RTT: '150' }, 80],
    [{ RTT: '151' }, 30],
    [{ 'Save-Data': 'on' }, 30],
    [{ 'Save-Data': 'off' }, 80],
    [{ ECT: '3g' }, 30],
    [{ ECT: '4g' }, 80],
    [{ Downlink: '4.9' }, 30],
    [{ Downlink: '5' }, 80],
  ])('with %o is %i', (headers, quality) => {
    expect(settle('q=80,scq=30', headers)).toEqual({ quality })
  })

  test('leaves the default alone on a fast connection', () => {
    expect(settle('scq=30', { RTT: '20' })).toEqual({})
  })
})
