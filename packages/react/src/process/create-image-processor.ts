import type { ImageFacts, ImageType } from '@lightfast/core'
import type { BeforeUpload, BeforeUploadOptions } from '../upload/before-upload.ts'
import { createWorkerDraw } from './draw-in-worker.ts'
import type { WorkerDrawOptions } from './draw-in-worker.ts'
import { toUpright } from './exif.ts'
import { defaultRules, planProcess, widenPolicy } from './process-rules.ts'
import type { ProcessPlan, ProcessRules } from './process-rules.ts'
import { removeLocation } from './remove-location.ts'
import { toNamed } from './to-named.ts'
import { addJpegExif, readJpegExif } from './strip-jpeg.ts'

export interface ImageProcessorOptions extends Partial<ProcessRules>, WorkerDrawOptions {
  /** Leaves place and camera in the file, as far as it is not converted to another type. Default: false. */
  readonly keepLocation?: boolean | undefined
  /** Decodes HEIC and AVIF. Default: what the browser itself can, which for HEIC is Safari. */
  readonly decode?: ((file: Blob, signal: AbortSignal) => Promise<ImageBitmap>) | undefined
}

/**
 * Makes the step before an upload: pictures that are too large are drawn smaller in a worker, upright and
 * never larger than they were; HEIC and AVIF become what can be uploaded; and where a picture was taken
 * is removed. One that becomes another type is called by it: `beach.heic` is uploaded as `beach.jpg`. Nothing starts
 * before the first picture. What fails leaves the picture as it was, less its place.
 */
export function createImageProcessor(options: ImageProcessorOptions = {}): BeforeUpload {
  const { keepLocation = false, decode, makeWorker, idleMs, sleep, ...given } = options
  const rules = { ...defaultRules, ...given }
  const draw = createWorkerDraw({ makeWorker, idleMs, sleep })

  async function process(
    file: Blob,
    facts: ImageFacts,
    { signal, name }: BeforeUploadOptions,
  ): Promise<Blob | null> {
    const plan = planProcess(facts, file.size, rules)
    const drawn = plan.how === 'leave' ? null : await tryDraw(file, plan, signal)
    if (drawn !== null && plan.how === 'convert') return toNamed(drawn, name)
    const notes = keepLocation ? null : await withoutLocation(file, facts.type)
    const smallest = notes ?? file
    if (drawn === null || drawn.size >= smallest.size) return notes
    if (drawn.type !== facts.type) return toNamed(drawn, name)
    return keepLocation ? withNotes(drawn, file) : drawn
  }

  /** Null where the browser cannot. */
  async function tryDraw(
    file: Blob,
    plan: Exclude<ProcessPlan, { how: 'leave' }>,
    signal: AbortSignal,
  ): Promise<Blob | null> {
    const order = { ...rules, type: plan.type }
    try {
      if (plan.how === 'redraw' || decode === undefined) return await draw(file, order, signal)
      const bitmap = await decode(file, signal)
      return await draw(bitmap, order, signal).finally(() => bitmap.close())
    } catch {
      signal.throwIfAborted()
      return null
    }
  }

  return Object.assign(process, {
    toPickPolicy: (policy: Parameters<typeof widenPolicy>[0]) => widenPolicy(policy, rules),
  })
}

/** Null if there was nothing to remove. */
async function withoutLocation(file: Blob, type: ImageType): Promise<Blob | null> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const stripped = removeLocation(bytes, type)
  return stripped === bytes ? null : new Blob([stripped], { type })
}

/** What was drawn is upright, so its notes must say so. */
async function withNotes(drawn: Blob, file: Blob): Promise<Blob> {
  if (drawn.type !== 'image/jpeg' || file.type !== 'image/jpeg') return drawn
  const notes = readJpegExif(new Uint8Array(await file.arrayBuffer()))
  if (notes === null) return drawn
  const bytes = new Uint8Array(await drawn.arrayBuffer())
  return new Blob([addJpegExif(bytes, toUpright(notes))], { type: drawn.type })
}
