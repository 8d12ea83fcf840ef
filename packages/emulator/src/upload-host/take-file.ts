import { acceptFile } from '../accept-file.ts'
import { findFault } from '../faults.ts'
import { readForm } from '../form.ts'
import { toImageObject } from '../image-object.ts'
import { notEmulated, RefusedError } from '../refusal.ts'
import { keepUp } from './keep-up.ts'
import type { Emulation } from '../emulation.ts'
import type { Fault } from '../faults.ts'
import type { Fields } from '../form.ts'
import type { ImageObject } from '../image-object.ts'
import type { StoredFile, StoredImage } from '../store.ts'
import type { Draft, Slots } from './slots.ts'

/** What an upload needs to know besides the request. */
export interface Taking {
  readonly emulation: Emulation
  readonly slots: Slots
  /** Faults that act on this request. */
  readonly acted: readonly Fault[]
}

/** Takes the file of a one-time URL; with a fault, what is kept of it is not what is answered. */
export async function takeFile(request: Request, taking: Taking): Promise<ImageObject> {
  const { emulation, slots, acted } = taking
  const { config, store } = emulation
  const fields = await readForm(keepUp(request, config), config.settings)
  const answered = await slots.use(new URL(request.url).pathname, async (draft) => {
    const image = await toStored(draft, fields, emulation)
    const ms = settlesAfterMs(acted)
    if (ms > 0) store.settleAt(image.facts.id, config.now() + ms)
    return { answered: image, kept: toKept(image, acted) }
  })
  announce(toKept(answered, acted), taking)
  return toImageObject(answered, emulation)
}

async function toStored(draft: Draft, fields: Fields, emulation: Emulation): Promise<StoredImage> {
  const file = await accept(draft, fields, emulation)
  const unknown = [...fields.keys()].find((name) => name !== 'file')
  if (unknown !== undefined) throw notEmulated(`The field ${unknown} of an upload`)
  return { facts: draft.facts, status: 'stored', file }
}

/** A file that is refused at once is a failed upload as well. */
async function accept(draft: Draft, fields: Fields, emulation: Emulation): Promise<StoredFile> {
  try {
    return await acceptFile(fields.get('file'), emulation)
  } catch (error) {
    if (error instanceof RefusedError) {
      const { code, message } = error.refusal
      const at = emulation.config.now()
      const event = { imageId: draft.facts.id, at, outcome: 'failed', code, message } as const
      emulation.webhooks.notify(event)
    }
    throw error
  }
}

function toKept(image: StoredImage, acted: readonly Fault[]): StoredImage {
  const fault = findFault(acted, 'refuse-later')
  if (!fault) return image
  const { code, message, details } = fault
  return { facts: image.facts, status: 'refused', shownAs: details, code, message }
}

function settlesAfterMs(acted: readonly Fault[]): number {
  const fault = findFault(acted, 'settle-later')
  return fault ? (fault.ms ?? Infinity) : 0
}

/** Tells the receiver of webhooks once the image is settled. */
function announce(kept: StoredImage, { emulation, acted }: Taking): void {
  const about = { imageId: kept.facts.id, at: emulation.config.now() }
  if (kept.status === 'refused') {
    const { code, message } = kept
    return emulation.webhooks.notify({ ...about, outcome: 'failed', code, message })
  }
  emulation.webhooks.notify({ ...about, outcome: 'succeeded' }, settlesAfterMs(acted))
}
