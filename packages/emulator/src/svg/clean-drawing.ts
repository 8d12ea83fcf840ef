import { animations, attributes, elements, fixedAttributes, textElements } from './allowed.ts'
import { cleanAttributes } from './clean-attributes.ts'
import { cleanSheet } from './clean-css.ts'
import { InvalidSvgError } from './invalid-svg-error.ts'
import { declaredIn, nameOf, SVG, XLINK } from './namespaces.ts'
import type { XastChild, XastElement } from 'svgo/browser'
import type { Namespaces } from './namespaces.ts'

/** Makes a clean copy of the root element. One that names no namespace is taken for SVG. */
export function cleanDrawing(root: XastElement): XastElement {
  const drawing = cleanElement(root, new Map([['', SVG]]))
  if (drawing?.name !== 'svg') throw new InvalidSvgError('its root element is not svg')
  const namespaces = { xmlns: SVG, 'xmlns:xlink': XLINK }
  return { ...drawing, attributes: { ...namespaces, ...drawing.attributes } }
}

/** Prefixes are resolved and dropped, so that no other reader can see another element here. */
function cleanElement(element: XastElement, outer: Namespaces): XastElement | undefined {
  const namespaces = declaredIn(element, outer)
  const { local: name, namespace } = nameOf(element.name, namespaces)
  if (namespace !== SVG || !elements.has(name)) return undefined
  const cleaned = cleanAttributes(name, element.attributes, namespaces)
  if (animations.has(name) && !canAnimate(name, cleaned['attributeName'])) return undefined
  const children = name === 'style' ? cleanStyle(element) : cleanChildren(element, name, namespaces)
  return { type: 'element', name, attributes: cleaned, children }
}

function canAnimate(element: string, attribute: string | undefined): boolean {
  if (attribute === undefined) return element === 'animateMotion'
  return attributes.has(attribute) && !fixedAttributes.has(attribute)
}

function cleanChildren(
  { children }: XastElement,
  name: string,
  namespaces: Namespaces,
): XastChild[] {
  return children.flatMap((child): XastChild[] => {
    if (child.type === 'element') return asList(cleanElement(child, namespaces))
    const text = textOf(child)
    return text !== '' && textElements.has(name) ? [{ type: 'text', value: text }] : []
  })
}

const asList = (element: XastElement | undefined): XastElement[] => (element ? [element] : [])

function cleanStyle({ attributes, children }: XastElement): XastChild[] {
  const { type = 'text/css' } = attributes
  const sheet = cleanSheet(children.map(textOf).join(''))
  return type !== 'text/css' || sheet === '' ? [] : [{ type: 'text', value: sheet }]
}

const textOf = (node: XastChild): string =>
  node.type === 'text' || node.type === 'cdata' ? node.value : ''
