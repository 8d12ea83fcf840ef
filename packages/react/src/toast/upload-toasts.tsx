'use client'

import { Provider, Viewport } from '@radix-ui/react-toast'
import { useContext, useState } from 'react'
import type { ReactNode } from 'react'
import { UploadContext } from '../upload/upload-context.ts'
import type { UploadControl } from '../upload/upload-control.ts'
import type { UploadItem } from '../upload/upload-state.ts'
import { statusKinds } from '../upload/status-kind.ts'
import { useMoment } from '../upload/use-moment.ts'
import { useWords } from '../words/words-context.tsx'
import type { Words } from '../words/words.ts'
import { UploadToast } from './upload-toast.tsx'
import { useClearOfFocus } from './use-clear-of-focus.ts'
import { useSwipeDirection } from './use-swipe-direction.ts'

export interface UploadToastsProps {
  readonly upload: UploadControl
  /** Everything that is said. Inside `ImageUpload.Root` its words, else those of the nearest `WordsProvider`, unless given. */
  readonly words?: Words
  /** Signs the person in again. Inside `ImageUpload.Root` its own, unless given. */
  readonly onSignIn?: (item: UploadItem) => void
  /** Milliseconds since the epoch; the device's own unless given. Stories and tests hand in a still one. */
  readonly clock?: () => number
}

/**
 * Echoes the rows that have failed, until they are closed or mended, and briefly those that are done.
 * An echo only: everything it offers is in the row too. Inside `ImageUpload.Root` it is silent, because
 * the root speaks; elsewhere it speaks politely itself.
 */
export function UploadToasts({
  upload,
  words,
  onSignIn,
  clock = now,
}: UploadToastsProps): ReactNode {
  const area = useContext(UploadContext)
  const moment = useMoment(upload.items, clock)
  const [silenced] = useState(() => (area === null ? undefined : nowhere()))
  const [old] = useState(() => new Set(upload.items.filter(isDone).map(({ id }) => id)))
  const said = useWords(words ?? area?.words)
  const toasted = upload.items.filter((item) =>
    isDone(item) ? !old.has(item.id) : statusKinds[item.state.status] === 'failed',
  )
  const [viewport, corner] = useClearOfFocus(toasted.length)
  return (
    <Provider
      label={said.list}
      swipeDirection={useSwipeDirection(viewport, corner)}
      {...(silenced && { announcerContainer: silenced })}
    >
      {toasted.map((item) => (
        <UploadToast
          key={`${item.id}:${item.state.status}`}
          item={item}
          upload={upload}
          words={said}
          now={moment}
          onSignIn={onSignIn ?? area?.onSignIn}
        />
      ))}
      <Viewport
        ref={viewport}
        label={said.toasts.region}
        data-slot="upload-toasts"
        data-corner={corner}
      />
    </Provider>
  )
}

const now = (): number => Date.now()

/** Where words go that somebody else has said already. */
const nowhere = (): DocumentFragment | undefined =>
  typeof document === 'undefined' ? undefined : document.createDocumentFragment()

const isDone = ({ state }: UploadItem): boolean => state.status === 'done'
