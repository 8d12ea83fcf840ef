import type { XastElement } from 'svgo/browser'

/** Names the two namespaces a drawing needs. */
export const SVG = 'http://www.w3.org/2000/svg'
export const XLINK = 'http://www.w3.org/1999/xlink'

/** What each prefix stands for; the empty one is the default. */
export type Namespaces = ReadonlyMap<string, string>

/** Adds what an element declares. */
export function declaredIn({ attributes }: XastElement, outer: Namespaces): Namespaces {
  const own = Object.entries(attributes).filter(
    ([name]) => name === 'xmlns' || name.startsWith('xmlns:'),
  )
  return own.length === 0
    ? outer
    : new Map([...outer, ...own.map(([name, uri]) => [name.slice(6), uri] as const)])
}

/** Tells what a name with or without a prefix stands for. */
export function nameOf(
  name: string,
  namespaces: Namespaces,
): { readonly local: string; readonly namespace: string | undefined } {
  const colon = name.indexOf(':')
  return {
    local: name.slice(colon + 1),
    namespace: namespaces.get(name.slice(0, Math.max(colon, 0))),
  }
}
