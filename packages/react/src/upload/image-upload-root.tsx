'use client'

import { useId, useMemo, useRef, useState } from 'react'
import { Announcer } from '../announcer.tsx'
import { chain } from '../chain.ts'
import { createPart, mergeRefs } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useWords } from '../words/words-context.tsx'
import type { Words } from '../words/words.ts'
import type { UploadControl } from './upload-control.ts'
import { UploadContext } from './upload-context.ts'
import type { AreaStatus } from './upload-context.ts'
import type { UploadItem } from './upload-state.ts'
import { useAnnouncement } from './use-announcement.ts'
import { useFocusKeeper } from './use-focus-keeper.ts'
import { useMoment } from './use-moment.ts'

export type ImageUploadRootProps = PartProps<
  'div',
  {
    readonly upload: UploadControl
    /** Everything that is said; that of the nearest `WordsProvider` unless given. Make it once, outside the component. */
    readonly words?: Words
    /** Signs the person in again. Without it, `Try again` stands where `Sign in` would. */
    readonly onSignIn?: (item: UploadItem) => void
    /** Milliseconds since the epoch; the device's own unless given. Stories and tests hand in a still one. */
    readonly clock?: () => number
  }
>

/** Holds the parts of an upload area together, speaks for them and keeps the keyboard's place. */
export const ImageUploadRoot: Part<HTMLDivElement, ImageUploadRootProps> = createPart(
  'ImageUpload.Root',
  function renderRoot({ upload, words: own, onSignIn, clock = now, children, ...props }, ref) {
    const words = useWords(own)
    const root = useRef<HTMLDivElement>(null)
    const setRoot = useMemo(() => mergeRefs(root, ref), [ref])
    const [leftOut, setLeftOut] = useState(0)
    const keeper = useFocusKeeper(upload.items, root)
    const [said, say] = useAnnouncement(upload, words, clock)
    const status = areaStatus(upload)
    const context = {
      upload,
      words,
      status,
      onSignIn,
      leftOut,
      now: useMoment(upload.items, clock),
      limitsId: useId(),
      onAct: keeper.onAct,
      add(files: Iterable<File>) {
        const count = upload.add(files)
        setLeftOut(count)
        if (count > 0) say(words.zone.leftOut(count, upload.maxFiles))
      },
    }
    return (
      <UploadContext.Provider value={context}>
        <div
          {...props}
          ref={setRoot}
          onFocus={chain(props.onFocus, keeper.onFocus)}
          onBlur={chain(props.onBlur, keeper.onBlur)}
          data-slot="image-upload-root"
          data-status={status}
        >
          {children}
          <Announcer said={said} />
        </div>
      </UploadContext.Provider>
    )
  },
)

const now = (): number => Date.now()

function areaStatus({ items, maxFiles }: UploadControl): AreaStatus {
  if (items.length === 0) return 'empty'
  return items.length < maxFiles ? 'open' : 'full'
}
