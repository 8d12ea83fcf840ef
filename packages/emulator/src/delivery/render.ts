import { refused } from '../codes.ts'
import { settleHints } from '../transform/request-hints.ts'
import { createByteCache } from './byte-cache.ts'
import { digestOf } from './digest.ts'
import { createGate } from './gate.ts'
import { makeRendition } from './make-rendition.ts'
import { readAccept } from './negotiate.ts'
import type { EmulatorConfig } from '../options.ts'
import type { StoredFile } from '../store.ts'
import type { Asked } from './asked.ts'
import type { Rendition } from './rendition.ts'

/** Makes of a file what is asked and suits the headers of a request. */
export type Render = (file: StoredFile, asked: Asked, headers: Headers) => Promise<Rendition>

/** What the renderer needs of the emulator's configuration. */
export type RenderConfig = Pick<EmulatorConfig, 'pixels' | 'settings'>

/**
 * Creates a renderer that makes a rendition once and keeps it while there is room. Whoever asks meanwhile waits for the
 * same one, which is made to its end although its first caller may leave.
 */
export function createRender({ pixels, settings }: RenderConfig): Render {
  const kept = createByteCache<Rendition>(settings.renditionCacheBytes)
  const making = new Map<string, Promise<Rendition>>()
  const gate = createGate({
    running: pixels?.concurrency ?? 2,
    waiting: settings.maxWaitingRenders,
    refusal: () => refused(9522, settings),
  })

  function makeOnce(key: string, make: () => Promise<Rendition>): Promise<Rendition> {
    const rendition = making.get(key) ?? keep(key, make)
    making.set(key, rendition)
    return rendition
  }

  async function keep(key: string, make: () => Promise<Rendition>): Promise<Rendition> {
    try {
      const rendition = await gate(make)
      kept.set(key, rendition, rendition.bytes.length)
      return rendition
    } finally {
      making.delete(key)
    }
  }

  return async function render(file, asked, headers) {
    const options = asked.isHinted ? settleHints(asked.options, headers) : asked.options
    const accepted = asked.isNegotiated ? readAccept(headers.get('Accept') ?? '') : ''
    const wanted = asked.isHinted ? JSON.stringify(options) : asked.key
    const key = `${await digestOf(file.bytes)} ${accepted} ${wanted}`
    const known = kept.get(key)
    if (known) return known
    return makeOnce(key, () => makeRendition(file, { options, accepted }, { pixels, settings }))
  }
}
