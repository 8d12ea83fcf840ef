import { MAX_DIMENSION } from '../limits.ts'
import { colour, decimal, either, oneOf, point, whole, word } from './option-kinds.ts'
import type { Kind } from './option-kinds.ts'
import type { Transform, TransformOption, TransformTarget } from './transform.ts'
import { border, drawLayers, trim } from './structured-options.ts'

/** What an option is called in a URL, and what each target takes of it. A target that is left out takes nothing. */
export interface OptionRule {
  readonly urlName: string
  readonly aliases?: readonly string[]
  readonly takes: { readonly [Target in TransformTarget]?: Kind<unknown> }
}

const side = whole(1, MAX_DIMENSION)
const urlSide = either(side, word('auto'))
const fits = ['scale-down', 'contain', 'cover', 'crop', 'pad', 'squeeze'] as const
const fit = word(...fits, 'aspect-crop', 'scale-up')
const places = ['auto', 'face', 'left', 'right', 'top', 'bottom'] as const
const urlGravity = either(word(...places), point)
const workersGravity = either(word(...places, 'center', 'entropy'), point)
const quality = either(whole(1, 100), word('high', 'medium-high', 'medium-low', 'low'))
const factor = decimal(0)
const formats = ['avif', 'webp', 'jpeg', 'baseline-jpeg', 'json'] as const
const urlFormat = word('auto', ...formats)
const workersFormat = word(...formats, 'png', 'png-force', 'svg')

/** Every option there is today. @see https://developers.cloudflare.com/images/optimization/features/ */
export const optionRules: Readonly<Record<TransformOption, OptionRule>> = {
  width: { urlName: 'width', aliases: ['w'], takes: { ...inUrls(urlSide), ...inWorkers(side) } },
  height: { urlName: 'height', aliases: ['h'], takes: everywhere(side) },
  fit: { urlName: 'fit', takes: { ...everywhere(fit), binding: word(...fits) } },
  gravity: {
    urlName: 'gravity',
    aliases: ['g'],
    takes: { ...inUrls(urlGravity), ...inWorkers(workersGravity) },
  },
  zoom: { urlName: 'zoom', aliases: ['face-zoom'], takes: everywhere(decimal(0, 1)) },
  dpr: { urlName: 'dpr', takes: inRequests(decimal(0.01, 2)) },
  trim: { urlName: 'trim', takes: everywhere(trim) },
  rotate: { urlName: 'rotate', takes: everywhere(oneOf(90, 180, 270)) },
  flip: { urlName: 'flip', takes: everywhere(word('h', 'v', 'hv')) },
  background: { urlName: 'background', takes: everywhere(colour) },
  blur: { urlName: 'blur', takes: everywhere(decimal(1, 250)) },
  sharpen: { urlName: 'sharpen', takes: everywhere(decimal(0, 10)) },
  brightness: { urlName: 'brightness', takes: everywhere(factor) },
  contrast: { urlName: 'contrast', takes: everywhere(factor) },
  gamma: { urlName: 'gamma', takes: everywhere(factor) },
  saturation: { urlName: 'saturation', takes: everywhere(factor) },
  border: { urlName: 'border', takes: inWorkers(border) },
  quality: { urlName: 'quality', aliases: ['q'], takes: everywhere(quality) },
  slowConnectionQuality: {
    urlName: 'slow-connection-quality',
    aliases: ['scq'],
    takes: inUrls(quality),
  },
  format: {
    urlName: 'format',
    aliases: ['f'],
    takes: {
      ...inUrls(urlFormat),
      workers: workersFormat,
      binding: word('avif', 'webp', 'jpeg', 'png'),
    },
  },
  metadata: { urlName: 'metadata', takes: inRequests(word('copyright', 'keep', 'none')) },
  anim: { urlName: 'anim', takes: everywhere(oneOf(true, false)) },
  compression: { urlName: 'compression', takes: inRequests(word('fast')) },
  segment: { urlName: 'segment', takes: everywhere(word('foreground')) },
  upscale: { urlName: 'upscale', takes: inRequests(word('interpolate', 'generate')) },
  onerror: { urlName: 'onerror', takes: { 'remote-url': word('redirect') } },
  originAuth: { urlName: 'origin-auth', takes: { workers: word('share-publicly') } },
  draw: { urlName: 'draw', takes: { workers: drawLayers } },
}

const targetNames: Readonly<Record<TransformTarget, string>> = {
  'flexible-variant': 'the URL of a hosted image',
  'remote-url': 'a /cdn-cgi/image URL',
  workers: 'cf.image',
  binding: 'the Images binding',
}

/**
 * Checks every option for a target, and gives them back with what each is written by.
 * @throws TypeError naming the first option that the target does not take, or whose value it does not.
 */
export function checkTransform(transform: Transform, target: TransformTarget): readonly Checked[] {
  return Object.entries(transform)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const rule = findRule(name)
      return { rule, value, kind: checkValue(rule, value, target) }
    })
}

interface Checked {
  readonly rule: OptionRule
  readonly value: unknown
  readonly kind: Kind<unknown>
}

/** Finds what a target takes of an option. @throws TypeError if that is nothing. */
export function findKind({ urlName, takes }: OptionRule, target: TransformTarget): Kind<unknown> {
  const kind = takes[target]
  if (kind) return kind
  const others = Object.keys(takes).map(nameTarget)
  throw new TypeError(
    `${targetNames[target]} does not take ${urlName}; ${others.join(' and ')} ${others.length > 1 ? 'do' : 'does'}.`,
  )
}

function checkValue(rule: OptionRule, value: unknown, target: TransformTarget): Kind<unknown> {
  const kind = findKind(rule, target)
  if (kind.read(kind.write(value)) !== undefined) return kind
  throw new TypeError(`In ${targetNames[target]}, ${rule.urlName} must be ${kind.words}.`)
}

function findRule(name: string): OptionRule {
  const found = Object.entries(optionRules).find(([known]) => known === name)?.[1]
  if (found) return found
  throw new TypeError(`There is no transform option "${name}".`)
}

function nameTarget(target: string): string {
  return Object.entries(targetNames).find(([known]) => known === target)?.[1] ?? target
}

function everywhere(kind: Kind<unknown>): OptionRule['takes'] {
  return { ...inUrls(kind), ...inWorkers(kind) }
}

function inUrls(kind: Kind<unknown>): OptionRule['takes'] {
  return { 'flexible-variant': kind, 'remote-url': kind }
}

function inWorkers(kind: Kind<unknown>): OptionRule['takes'] {
  return { workers: kind, binding: kind }
}

/** Where Cloudflare answers a request: the binding has only pixels in its hands. */
function inRequests(kind: Kind<unknown>): OptionRule['takes'] {
  return { ...inUrls(kind), workers: kind }
}
