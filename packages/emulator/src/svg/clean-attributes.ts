import { attributes, pictureElements } from './allowed.ts'
import { cleanDeclarations, isSafeValue } from './clean-css.ts'
import { nameOf, XLINK } from './namespaces.ts'
import type { Namespaces } from './namespaces.ts'

type Attributes = Readonly<Record<string, string>>

/** Keeps the attributes of an element that are on the list and whose values lead nowhere. */
export function cleanAttributes(
  element: string,
  given: Attributes,
  namespaces: Namespaces,
): Record<string, string> {
  const kept = Object.entries(given).flatMap(([name, value]): [string, string][] => {
    if (isLink(name, namespaces)) {
      return isSafeLink(element, value) ? [[name === 'href' ? name : 'xlink:href', value]] : []
    }
    const cleaned = cleanValue(name, value)
    return cleaned === undefined ? [] : [[name, cleaned]]
  })
  return Object.fromEntries(kept)
}

function isLink(name: string, namespaces: Namespaces): boolean {
  if (name === 'href') return true
  const { local, namespace } = nameOf(name, namespaces)
  return local === 'href' && name !== local && namespace === XLINK
}

/** An `a` leads nowhere; only pictures may be embedded, and only as pictures. */
function isSafeLink(element: string, value: string): boolean {
  const target = value.trim()
  if (target.startsWith('#')) return element !== 'a'
  return pictureElements.has(element) && isRaster(target)
}

const rasters = ['avif', 'gif', 'jpeg', 'jpg', 'png', 'webp'].map(
  (type) => `data:image/${type};base64,`,
)

/** The type decides alone how it is read: a document under a raster's name is a broken picture. */
function isRaster(target: string): boolean {
  const start = target.slice(0, 40).toLowerCase()
  const prefix = rasters.find((raster) => start.startsWith(raster))
  return prefix !== undefined && /^[a-z\d+/=\s]*$/i.test(target.slice(prefix.length))
}

const spaced: ReadonlySet<string> = new Set(['xml:lang', 'xml:space'])

function cleanValue(name: string, value: string): string | undefined {
  if (name === 'style') return cleanDeclarations(value) || undefined
  if (!attributes.has(name) && !spaced.has(name)) return undefined
  return isSafeValue(value) ? value : undefined
}
