'use client'

import type { FocusKeeper } from '../upload/use-focus-keeper.ts'
import { useMoment } from '../upload/use-moment.ts'
import type { UploadContextValue } from '../upload/upload-context.ts'
import type { UploadControl } from '../upload/upload-control.ts'
import type { DraftsTrayWords } from './use-tray-words.ts'

export interface TrayContextOptions {
  readonly upload: UploadControl
  readonly words: DraftsTrayWords
  readonly clock: () => number
  readonly keeper: FocusKeeper
  readonly say: (polite: string) => void
}

/** Yields what the rows of a tray need to know. A removal is said aloud, since a tray has no list that is watched. */
export function useTrayContext(options: TrayContextOptions): UploadContextValue {
  const { upload, words, clock, keeper, say } = options
  const now = useMoment(upload.items, clock)

  function remove(id: string): void {
    const item = upload.items.find((candidate) => candidate.id === id)
    upload.remove(id)
    if (item !== undefined) say(words.announcements.removed(item.name))
  }

  return {
    upload: { ...upload, remove },
    words,
    status: 'open',
    now,
    limitsId: '',
    add: upload.add,
    leftOut: 0,
    onAct: keeper.onAct,
    onSignIn: undefined,
  }
}
