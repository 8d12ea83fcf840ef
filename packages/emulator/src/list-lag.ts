import { findFault } from './faults.ts'
import type { Fault } from './faults.ts'
import type { ImageFacts } from './store.ts'

/** Leaves out what a lagging list does not show yet; `acted` are the faults of this request. */
export function withoutFresh<Image extends { readonly facts: ImageFacts }>(
  images: readonly Image[],
  acted: readonly Fault[],
  now: number,
): readonly Image[] {
  const lag = findFault(acted, 'list-lag')
  return lag ? images.filter(({ facts }) => now - facts.createdAt >= lag.ms) : images
}
