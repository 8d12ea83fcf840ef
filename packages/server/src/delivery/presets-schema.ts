import { definePresets } from '@lightfast/core'
import type { Preset, Presets } from '@lightfast/core'
import * as v from 'valibot'

const preset: v.GenericSchema<unknown, Preset> = v.strictObject({
  fit: v.picklist(['scale-down', 'contain', 'cover', 'crop', 'pad']),
  widths: v.array(v.number()),
  ratio: v.exactOptional(v.number()),
  metadata: v.exactOptional(v.picklist(['keep', 'copyright', 'none'])),
  browserTtlSeconds: v.exactOptional(v.number()),
  neverRequireSignedURLs: v.exactOptional(v.boolean()),
})

const presets: v.GenericSchema<unknown, Presets> = v.record(v.string(), preset)

/** Reads presets from a file. @throws TypeError naming the preset and the option that is wrong. */
export function parsePresets(value: unknown): Presets {
  const result = v.safeParse(presets, value)
  if (Array.isArray(value)) throw new TypeError('In the presets, the whole: it is a list.')
  if (result.success) return definePresets(result.output)
  const [issue] = result.issues
  throw new TypeError(`In the presets, ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`)
}
