import { parseOptions } from '../transform/parse-options.ts'
import { isHinted } from '../transform/request-hints.ts'
import { createByteCache } from './byte-cache.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { AskedOptions } from '../transform/transform-options.ts'
import type { Variant } from '../variant.ts'

/** What is asked of a picture, ready to be compared. */
export interface Asked {
  readonly options: AskedOptions
  /** The same for the same options. */
  readonly key: string
  /** Tells whether the `Accept` header chooses the type. */
  readonly isNegotiated: boolean
  /** Tells whether other headers have a say too. */
  readonly isHinted: boolean
}

/** Reads variants and lists of options, each once. */
export interface AskedReader {
  readonly readVariant: (variant: Variant) => Asked
  readonly readList: (list: string) => Asked
}

/** How much text of lists is remembered. */
const MAX_LIST_BYTES = 1_000_000

/** Creates a reader that remembers what it read. */
export function createAskedReader(settings: EmulatorSettings): AskedReader {
  const variants = new WeakMap<Variant, Asked>()
  const lists = createByteCache<Asked>(MAX_LIST_BYTES)
  return {
    readVariant(variant) {
      const asked = variants.get(variant) ?? toAsked(variantOptions(variant))
      variants.set(variant, asked)
      return asked
    },
    readList(list) {
      const known = lists.get(list)
      if (known) return known
      const asked = toAsked(parseOptions(list, settings))
      lists.set(list, asked, list.length + asked.key.length)
      return asked
    },
  }
}

function variantOptions({ options }: Variant): AskedOptions {
  const { fit, width, height, metadata } = options
  return { fit, width, height, metadata }
}

function toAsked(options: AskedOptions): Asked {
  const { format = 'auto', compression } = options
  return {
    options,
    key: JSON.stringify(options),
    isNegotiated: format === 'auto' && compression === undefined,
    isHinted: isHinted(options),
  }
}
