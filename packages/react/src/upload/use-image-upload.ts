'use client'

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { UploadControl } from './upload-control.ts'
import type { UploadItem } from './upload-state.ts'
import { createUploader } from './uploader.ts'
import type { Uploader } from './uploader.ts'
import type { UploaderOptions } from './uploader-options.ts'

/**
 * Binds an uploader to a component: uploads run while it is mounted. Another person, endpoint, kind
 * or instance gets an uploader of its own; of the other options only `onDone` may change.
 */
export function useImageUpload(options: UploaderOptions): UploadControl {
  const uploader = useUploader(options)
  const items = useSyncExternalStore(uploader.subscribe, uploader.getState, getNoItems)
  const paused = useSyncExternalStore(uploader.subscribe, uploader.isPaused, isNever)
  const { onDone } = options

  useEffect(
    () => (onDone === undefined ? undefined : uploader.watchDone(onDone)),
    [uploader, onDone],
  )
  useEffect(() => {
    uploader.start()
    return uploader.stop
  }, [uploader])

  return useMemo(() => ({ ...uploader, items, paused }), [uploader, items, paused])
}

interface Held {
  readonly key: string
  readonly uploader: Uploader
}

/** Setting state while rendering starts the render over: the drafts of one person never flash up for the next. */
function useUploader(options: UploaderOptions): Uploader {
  const [held, setHeld] = useState(() => hold(options))
  if (held.key === toKey(options)) return held.uploader
  const next = hold(options)
  setHeld(next)
  return next.uploader
}

function hold(options: UploaderOptions): Held {
  const { onDone: _, ...others } = options
  return { key: toKey(options), uploader: createUploader(others) }
}

function toKey({ endpoint, kind, userKey, instance }: UploaderOptions): string {
  return JSON.stringify([endpoint, kind, userKey, instance])
}

const noItems: readonly UploadItem[] = []
const getNoItems = (): readonly UploadItem[] => noItems

const isNever = (): boolean => false
