import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyTransform } from '../test-support/any-transform.ts'
import { parseOptionList, toOptionList } from './option-list.ts'
import type { UrlTarget } from './option-list.ts'
import { mergeTransforms } from './transform.ts'
import type { Transform } from './transform.ts'
import { toBindingTransform, toWorkersImage } from './workers-transform.ts'

const targets: readonly UrlTarget[] = ['flexible-variant', 'remote-url']

describe('toOptionList', () => {
  test.each<[Transform, string]>([
    [{ width: 400, sharpen: 3 }, 'sharpen=3,width=400'],
    [{ gravity: { x: 0.5, y: 1 / 3 }, fit: 'crop' }, 'fit=crop,gravity=0.5x0.3333'],
    [{ trim: { top: 20, right: 30, bottom: 20 } }, 'trim=20;30;20;0'],
    [
      { trim: { left: 1, top: 2, width: 3, height: 4 } },
      'trim.height=4,trim.left=1,trim.top=2,trim.width=3',
    ],
    [{ background: '#ff0000' }, 'background=%23ff0000'],
    [{ background: 'rgb(240,40,145)' }, 'background=rgb%28240%2C40%2C145%29'],
    [
      { slowConnectionQuality: 50, width: 'auto', anim: false },
      'anim=false,slow-connection-quality=50,width=auto',
    ],
  ])('writes %j', (transform, list) => {
    expect(toOptionList(transform, 'flexible-variant')).toBe(list)
  })

  test('gives equal pictures equal URLs, in whatever order they were asked for', () => {
    fc.assert(
      fc.property(anyTransform('remote-url'), (transform) => {
        const other = Object.fromEntries(Object.entries(transform).toReversed())
        expect(toOptionList(other, 'remote-url')).toBe(toOptionList(transform, 'remote-url'))
      }),
    )
  })

  test.each(targets)('is read back as it was, for a %s', (target) => {
    fc.assert(
      fc.property(anyTransform(target), (transform) => {
        expect(parseOptionList(toOptionList(transform, target), target)).toEqual(transform)
      }),
      { numRuns: 500 },
    )
  })

  test.each<[object, RegExp]>([
    [{}, /at least one option/],
    [{ width: 0 }, /width must be a whole number from 1 to 12000, or "auto"/],
    [{ width: 1.5 }, /width must be/],
    [{ width: '5' }, /width must be/],
    [{ width: Number.NaN }, /width must be/],
    [{ height: 'auto' }, /height must be/],
    [{ dpr: 3 }, /dpr must be a number from 0.01 to 2/],
    [{ blur: 0 }, /blur must be a number from 1 to 250/],
    [{ quality: 101 }, /quality must be/],
    [{ rotate: 45 }, /rotate must be one of 90, 180, 270/],
    [{ anim: 'yes' }, /anim must be one of true, false/],
    [{ gravity: { x: 2, y: 0 } }, /gravity must be/],
    [{ gravity: 'center' }, /gravity must be/],
    [{ trim: {} }, /trim must be/],
    [{ trim: { right: 1, width: 2 } }, /trim must be/],
    [{ background: 'url(x)' }, /background must be a CSS colour/],
    [{ background: 'red,width=9' }, /background must be a CSS colour/],
    [{ format: 'png' }, /format must be one of auto/],
    [{ onerror: 'redirect' }, /hosted image does not take onerror; a \/cdn-cgi\/image URL does/],
    [
      { border: { color: 'red', width: 1 } },
      /does not take border; cf.image and the Images binding do/,
    ],
    [{ draw: [{ url: 'https://x/logo.png' }] }, /does not take draw; cf.image does/],
    [{ originAuth: 'share-publicly' }, /does not take origin-auth/],
    [{ wdith: 4 }, /no transform option "wdith"/],
    [{ toString: 4 }, /no transform option "toString"/],
  ])('refuses %j', (transform, reason) => {
    expect(() => toOptionList(transform, 'flexible-variant')).toThrow(TypeError)
    expect(() => toOptionList(transform, 'flexible-variant')).toThrow(reason)
  })
})

describe('parseOptionList', () => {
  test('reads short names, and trims in parts', () => {
    const list = 'w=4,h=5,f=webp,q=low,g=0x1,scq=9,face-zoom=0.5,trim.width=7'
    expect(parseOptionList(list, 'flexible-variant')).toEqual({
      width: 4,
      height: 5,
      format: 'webp',
      quality: 'low',
      gravity: { x: 0, y: 1 },
      slowConnectionQuality: 9,
      zoom: 0.5,
      trim: { width: 7 },
    })
  })

  test.each([
    ['', /name=value/],
    ['public', /name=value/],
    ['w=', /name=value/],
    ['w=1,,h=2', /name=value/],
    ['w=1,width=2', /width is given twice/],
    ['trim=border,trim.top=1', /trim is given twice/],
    ['trim.top=1,trim.top=2', /trim.top is given twice/],
    ['trim.right=1,trim.width=2', /trim must be/],
    ['constructor=1', /no transform option "constructor"/],
    ['draw=x', /does not take draw/],
    ['w=%zz', /percent-encoded/],
    ['w=1e3', /width must be/],
    ['w=-1', /width must be/],
  ])('refuses "%s"', (list, reason) => {
    expect(() => parseOptionList(list, 'flexible-variant')).toThrow(TypeError)
    expect(() => parseOptionList(list, 'flexible-variant')).toThrow(reason)
  })
})

test('the later transform wins, and undefined takes an option away', () => {
  const base = { width: 4, fit: 'crop' } as const
  expect(mergeTransforms(base, { fit: 'pad', blur: 2 }, { width: undefined })).toEqual({
    fit: 'pad',
    blur: 2,
  })
  expect(base).toEqual({ width: 4, fit: 'crop' })
})

describe('Workers take more, and other things', () => {
  const border = { color: 'red', width: 2 }

  test('cf.image draws, has borders, and names options as Cloudflare does', () => {
    const draw = [{ url: 'https://x/logo.png', opacity: 0.5 }]
    const image = { width: 4, border, draw, originAuth: 'share-publicly', format: 'png' } as const
    const { originAuth: _, ...same } = image
    expect(toWorkersImage(image)).toEqual({ ...same, 'origin-auth': 'share-publicly' })
  })

  test('the binding takes its output apart, and is told what a point is a share of', () => {
    const gravity = { x: 0, y: 1 }
    const all = {
      width: 4,
      gravity,
      format: 'webp',
      quality: 9,
      background: 'red',
      border,
    } as const
    expect(toBindingTransform(all)).toEqual({
      transform: {
        width: 4,
        gravity: { ...gravity, mode: 'remainder' },
        background: 'red',
        border,
      },
      output: { format: 'image/webp', quality: 9, background: 'red' },
    })
    expect(() => toBindingTransform({ width: 4 })).toThrow(/needs a format/)
  })

  test.each<[object, RegExp]>([
    [{ width: 'auto' }, /cf.image, width must be/],
    [{ format: 'auto' }, /format must be/],
    [{ onerror: 'redirect' }, /does not take onerror/],
    [{ slowConnectionQuality: 5 }, /does not take slow-connection-quality/],
    [{ draw: [{}] }, /draw must be a list of layers/],
    [{ draw: [] }, /draw must be/],
    [{ border: { width: 4 } }, /border must be/],
    [{ border: { color: 'red', width: 4, top: 1 } }, /border must be/],
  ])('cf.image refuses %j', (transform, reason) => {
    expect(() => toWorkersImage(transform)).toThrow(reason)
  })

  test.each<[object, RegExp]>([
    [{ format: 'json' }, /format must be/],
    [{ format: 'webp', dpr: 2 }, /does not take dpr/],
    [{ format: 'webp', draw: [{ url: 'x' }] }, /binding does not take draw; cf.image does/],
    [{ format: 'webp', fit: 'aspect-crop' }, /fit must be/],
  ])('the binding refuses %j', (transform, reason) => {
    expect(() => toBindingTransform(transform)).toThrow(reason)
  })
})
