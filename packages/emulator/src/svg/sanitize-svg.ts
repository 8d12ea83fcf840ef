/** Disarms drawings as production does with svg-hush: https://developers.cloudflare.com/images/get-started/limits/#svg */
import { optimize } from 'svgo/browser'
import { checkMarkup } from './check-markup.ts'
import { cleanDrawing } from './clean-drawing.ts'
import { InvalidSvgError } from './invalid-svg-error.ts'
import type { CustomPlugin } from 'svgo/browser'

/**
 * Returns the drawing with nothing left in it that runs, loads or leads anywhere: only elements, attributes and
 * CSS that are on a list stay, links point into the drawing itself, and pictures are embedded. What is dropped
 * goes with all its content; comments, doctype and processing instructions always go.
 * @throws {InvalidSvgError} if it is no drawing, is no XML, declares entities, or nests beyond every honest use.
 */
export function sanitizeSvg(text: string): string {
  checkMarkup(text)
  // Editors break embedded pictures into lines, and the parser stops at 512 references of any kind.
  const source = text.replaceAll('&#10;', '\n').replaceAll('&#xA;', '\n')
  try {
    return optimize(source, { plugins: [cleaning] }).data
  } catch (error) {
    if (error instanceof InvalidSvgError) throw error
    throw new InvalidSvgError(error instanceof Error ? error.message : 'it cannot be parsed')
  }
}

/** Walks the tree itself: the library's own visitor takes quadratic time on many siblings. */
const cleaning: CustomPlugin = {
  name: 'lightfast-cleaning',
  fn(root) {
    const elements = root.children.filter((node) => node.type === 'element')
    const [drawing, second] = elements
    if (!drawing || second) throw new InvalidSvgError('it must have one root element')
    root.children = [cleanDrawing(drawing)]
  },
}
