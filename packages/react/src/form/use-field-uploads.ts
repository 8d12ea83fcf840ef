'use client'

import { useEffect, useRef, useState } from 'react'
import type { UploadControl } from '../upload/upload-control.ts'
import type { UploadItem } from '../upload/upload-state.ts'
import { admitId } from './field-value.ts'
import type { FieldValue } from './use-field-value.ts'

/** Takes each image that arrives into the value, once, and remembers its row for when it leaves the list. */
export function useFieldUploads(
  { items, maxFiles }: UploadControl,
  { change }: FieldValue,
): readonly UploadItem[] {
  const [arrived, setArrived] = useState<readonly UploadItem[]>([])
  const taken = useRef(new Set<string>())
  useEffect(() => {
    const fresh = items.filter(({ id, state }) => state.status === 'done' && !taken.current.has(id))
    if (fresh.length === 0) return
    for (const { id } of fresh) taken.current.add(id)
    setArrived((before) => [...before, ...fresh])
    change((ids) => fresh.reduce((all, item) => admitItem(all, item, maxFiles), ids))
  }, [items, maxFiles, change])
  return arrived
}

function admitItem(
  ids: readonly string[],
  { state }: UploadItem,
  maxFiles: number,
): readonly string[] {
  return state.status === 'done' ? admitId(ids, state.image.id, maxFiles) : ids
}
