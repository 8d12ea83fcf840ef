/** Factors of which 1 changes nothing. */
export interface Tone {
  readonly brightness?: number
  readonly contrast?: number
  readonly gamma?: number
}

/**
 * Works out what becomes of each of 256 values: brighter first, then more contrast about the middle grey, then gamma,
 * which lightens below 1. A factor of 0 is ignored. `undefined` is no change.
 * https://developers.cloudflare.com/images/optimization/features/#gamma
 */
export function toneCurve({ brightness, contrast, gamma }: Tone): Uint8Array | undefined {
  const tone = { brightness: brightness || 1, contrast: contrast || 1, gamma: gamma || 1 }
  if (Object.values(tone).every((factor) => factor === 1)) return undefined
  return Uint8Array.from({ length: 256 }, (_, value) => toned(value / 255, tone))
}

function toned(value: number, { brightness, contrast, gamma }: Required<Tone>): number {
  const brighter = clamp(value * brightness)
  const steeper = clamp((brighter - 0.5) * contrast + 0.5)
  return Math.round(steeper ** gamma * 255)
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value))
