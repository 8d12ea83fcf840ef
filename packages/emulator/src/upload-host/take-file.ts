import { acceptFile } from '../accept-file.ts'
import { findFault } from '../apply-fault.ts'
import { readForm } from '../form.ts'
import { toImageObject } from '../image-object.ts'
import { notEmulated } from '../refusal.ts'
import type { Emulation } from '../emulation.ts'
import type { Fault } from '../faults.ts'
import type { Fields } from '../form.ts'
import type { ImageObject } from '../image-object.ts'
import type { StoredImage } from '../store.ts'
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
  const drop = findFault(acted, 'drop')
  const fields = await readForm(request, emulation.config.settings, drop && { dropAt: drop.atByte })
  const image = await slots.use(new URL(request.url).pathname, async (draft) => {
    const image = await toStored(draft, fields, emulation)
    return { answered: image, kept: toKept(image, acted) }
  })
  return toImageObject(image, emulation)
}

async function toStored(draft: Draft, fields: Fields, emulation: Emulation): Promise<StoredImage> {
  const file = await acceptFile(fields.get('file'), emulation)
  const unknown = [...fields.keys()].find((name) => name !== 'file')
  if (unknown !== undefined) throw notEmulated(`The field ${unknown} of an upload`)
  return { facts: draft.facts, status: 'stored', file }
}

function toKept(image: StoredImage, acted: readonly Fault[]): StoredImage {
  const fault = findFault(acted, 'refuse-later')
  if (!fault) return image
  const { code, message, details } = fault
  return { facts: image.facts, status: 'refused', shownAs: details, code, message }
}
