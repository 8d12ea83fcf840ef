import { useMemo, useSyncExternalStore } from 'react'
import type { UploadControl } from '../upload/upload-control.ts'
import type { ScriptedUploader } from './make-uploader.ts'

/** Binds an uploader in a scripted world to a component, as `useImageUpload` binds one in the real world. */
export function useScriptedUpload({ uploader }: ScriptedUploader): UploadControl {
  const items = useSyncExternalStore(uploader.subscribe, uploader.getState, uploader.getState)
  const paused = useSyncExternalStore(uploader.subscribe, uploader.isPaused, uploader.isPaused)
  return useMemo(() => ({ ...uploader, items, paused }), [uploader, items, paused])
}
