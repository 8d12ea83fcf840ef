import { createRequire } from 'node:module'

export interface Font {
  /** The path of a TrueType or OpenType file. */
  readonly file: string
  /** The name of the family in that file. */
  readonly family: string
}

const FILE = 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf'

/** Finds the font that is used unless another one is given: the same on each machine, whatever fonts that has. */
export function findDefaultFont(): Font {
  try {
    return { file: createRequire(import.meta.url).resolve(FILE), family: 'DejaVu Sans' }
  } catch (cause) {
    throw new TypeError(
      'A watermark of text needs a font: install dejavu-fonts-ttf, or hand in a font of your own.',
      { cause },
    )
  }
}
