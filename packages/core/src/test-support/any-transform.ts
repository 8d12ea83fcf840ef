import * as fc from 'fast-check'
import type { UrlTarget } from '../delivery/option-list.ts'
import type { Transform } from '../delivery/transform.ts'

const share = (min: number, max: number) =>
  fc.integer({ min: min * 10_000, max: max * 10_000 }).map((share) => share / 10_000)
const side = fc.integer({ min: 1, max: 12_000 })
const pixels = fc.integer({ min: 0, max: 5000 })
const quality = fc.oneof(
  fc.integer({ min: 1, max: 100 }),
  fc.constantFrom('high', 'medium-high', 'medium-low', 'low'),
)

const inBoth: {
  readonly [Option in keyof Transform]: fc.Arbitrary<NonNullable<Transform[Option]>>
} = {
  width: fc.oneof(side, fc.constant('auto' as const)),
  height: side,
  fit: fc.constantFrom(
    'scale-down',
    'scale-up',
    'contain',
    'cover',
    'crop',
    'aspect-crop',
    'pad',
    'squeeze',
  ),
  gravity: fc.oneof(
    fc.constantFrom('auto', 'face', 'left', 'right', 'top', 'bottom'),
    fc.record({ x: share(0, 1), y: share(0, 1) }),
  ),
  zoom: share(0, 1),
  dpr: share(0.01, 2),
  trim: fc.oneof(
    fc.constant('border' as const),
    fc.record({ top: pixels, right: pixels, bottom: pixels, left: pixels }),
    fc.record({ left: pixels, top: pixels, width: pixels, height: pixels }),
  ),
  rotate: fc.constantFrom(90, 180, 270),
  flip: fc.constantFrom('h', 'v', 'hv'),
  background: fc.constantFrom('red', '#fF00a0', '#1234', 'rgb(240,40,145)', 'rgba(255 255 0 50%)'),
  blur: share(1, 250),
  sharpen: share(0, 10),
  brightness: share(0, 9),
  contrast: share(0, 9),
  gamma: share(0, 9),
  saturation: share(0, 9),
  quality,
  slowConnectionQuality: quality,
  format: fc.constantFrom('auto', 'avif', 'webp', 'jpeg', 'baseline-jpeg', 'json'),
  metadata: fc.constantFrom('copyright', 'keep', 'none'),
  anim: fc.boolean(),
  compression: fc.constant('fast'),
  segment: fc.constant('foreground'),
  upscale: fc.constantFrom('interpolate', 'generate'),
}

/** Makes any transform that such a URL can say. */
export function anyTransform(target: UrlTarget): fc.Arbitrary<Transform> {
  const onlyRemote = { onerror: fc.constant('redirect' as const) }
  const options = { ...inBoth, ...(target === 'remote-url' && onlyRemote) }
  return fc
    .record(options, { requiredKeys: [] })
    .filter((transform) => Object.keys(transform).length > 0)
}
