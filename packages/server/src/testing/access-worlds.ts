/** Every kind of image that an engine can be asked about, and principals to ask. */
import { imageStates } from '@lightfast/core'
import * as fc from 'fast-check'
import type { Principal } from '../access/principal.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { beside, sampleRecord } from './store-samples.ts'

const people = ['ada', 'eve', 'Ada', 'ada ']
const tenants = ['lovelace', 'babbage', 'Lovelace', 'null', null]

/** One image for each owner, tenant, privacy and state. */
export const everyKindOfImage: readonly ImageRecord[] = people.flatMap((ownerId) =>
  tenants.flatMap((tenantId) =>
    (['private', 'public'] as const).flatMap((privacy) =>
      imageStates.map((state) => sampleRecord({ ownerId, tenantId, privacy, state })),
    ),
  ),
)

/** Writes them all into an empty store. */
export async function fillStore(store: ImagesStore): Promise<void> {
  for (const record of everyKindOfImage) await store.records.create(record, beside)
}

/** Principals who own some of the images and share a tenant with others; some are nobody, or of a tenant that is none. */
export function principalsIn(groups: readonly string[]): fc.Arbitrary<Principal> {
  return fc.record(
    {
      id: fc.constantFrom(...people, 'bob', ''),
      tenantId: fc.constantFrom(...tenants, ''),
      groups: fc.subarray([...groups, 'strangers']),
    },
    { requiredKeys: ['id'] },
  )
}
