'use client'

import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import type { UploadControl } from '../upload/upload-control.ts'
import type { UploadItem } from '../upload/upload-state.ts'
import { isUnfinished } from './field-problem.ts'
import { admitId, releaseId, toSafeId } from './field-value.ts'
import type { FieldValue } from './use-field-value.ts'
import { useFormEvent } from './use-form-event.ts'

/** An upload whose image is in the value. */
interface Taken {
  readonly imageId: string
  /** What the value was before, where the image took another's place. */
  readonly instead: readonly string[]
}

export interface FieldOfUploads {
  readonly field: FieldValue
  readonly control: RefObject<HTMLSelectElement | null>
}

/**
 * Takes each image that is safe into the value, once, and remembers its row for when it leaves the list. What our
 * server keeps for later is sent with the form, and from then on it is the app's; if it comes to nothing before that,
 * it leaves the value again.
 */
export function useFieldUploads(
  { items, maxFiles, release }: UploadControl,
  { field, control }: FieldOfUploads,
): readonly UploadItem[] {
  const { change } = field
  const taken = useRef(new Map<string, Taken>())
  /** Nothing that befalls these changes the value any more. */
  const settled = useRef(new Set<string>())
  useFormEvent(control, 'submit', () => {
    for (const { id, state } of items) {
      if (state.status !== 'parked') continue
      settled.current.add(id)
      // Else a reset of the form would call it off, and the next visit bring it back.
      release(id)
    }
  })
  useEffect(() => {
    for (const { id, state } of items) if (state.status === 'done') settled.current.add(id)
    for (const [id, lost] of findLost(taken.current, { items, settled: settled.current })) {
      taken.current.delete(id)
      change((ids) => releaseId(ids, lost.imageId, lost.instead))
    }
  }, [items, change])
  useEffect(() => {
    change((ids) => takeAll(items, taken.current, { ids, maxFiles }))
  }, [items, maxFiles, change])
  return useArrived(items)
}

/** Each upload as it was when it was last seen safe. */
function useArrived(items: readonly UploadItem[]): readonly UploadItem[] {
  const [arrived, setArrived] = useState<readonly UploadItem[]>([])
  const news = items.filter((item) => toSafeId(item) !== null && !arrived.includes(item))
  if (news.length === 0) return arrived
  const old = arrived.filter(({ id }) => news.every((item) => item.id !== id))
  const all = [...old, ...news]
  setArrived(all)
  return all
}

interface Value {
  readonly ids: readonly string[]
  readonly maxFiles: number
}

/** Yields the value with the images that are not in `taken` yet, and notes them there. */
function takeAll(
  items: readonly UploadItem[],
  taken: Map<string, Taken>,
  { ids, maxFiles }: Value,
): readonly string[] {
  return items.reduce((before, item) => {
    const imageId = toSafeId(item)
    if (imageId === null || taken.has(item.id)) return before
    taken.set(item.id, { imageId, instead: maxFiles === 1 ? before : [] })
    return admitId(before, imageId, maxFiles)
  }, ids)
}

interface Rows {
  readonly items: readonly UploadItem[]
  readonly settled: ReadonlySet<string>
}

/** Those that have failed, and those that a person took off the list. */
function findLost(taken: ReadonlyMap<string, Taken>, { items, settled }: Rows): [string, Taken][] {
  const alive = new Set(items.filter((item) => !isUnfinished(item)).map(({ id }) => id))
  return [...taken].filter(([id]) => !settled.has(id) && !alive.has(id))
}
