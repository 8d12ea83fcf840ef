'use client'

import { useCallback, useId, useMemo, useRef, useState } from 'react'
import { Announcer } from '../announcer.tsx'
import { chain } from '../chain.ts'
import { createPart, mergeRefs } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useLatest } from '../use-latest.ts'
import { useWords } from '../words/words-context.tsx'
import type { Words } from '../words/words.ts'
import type { UploadControl } from './upload-control.ts'
import { UploadContext } from './upload-context.ts'
import type { AreaStatus } from './upload-context.ts'
import type { UploadItem } from './upload-state.ts'
import { useAnnouncement } from './use-announcement.ts'
import { useFocusKeeper } from './use-focus-keeper.ts'
import { useMoment } from './use-moment.ts'
import { useUnchanged } from './use-unchanged.ts'

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
    const { items, ...control } = upload
    const still = useUnchanged(control)
    const add = useCallback(
      (files: Iterable<File>) => {
        const count = still.add(files)
        setLeftOut(count)
        if (count > 0) say(words.zone.leftOut(count, still.maxFiles))
      },
      [still, words, say],
    )
    const context = useUnchanged({
      upload: still,
      words,
      status: areaStatus(upload),
      onSignIn: useStillSignIn(onSignIn),
      leftOut,
      now: useMoment(items, clock),
      limitsId: useId(),
      onAct: keeper.onAct,
      add,
    })
    return (
      <UploadContext.Provider value={context}>
        <div
          {...props}
          ref={setRoot}
          onFocus={chain(props.onFocus, keeper.onFocus)}
          onBlur={chain(props.onBlur, keeper.onBlur)}
          data-slot="image-upload-root"
          data-status={context.status}
        >
          {children}
          <Announcer said={said} />
        </div>
      </UploadContext.Provider>
    )
  },
)

const now = (): number => Date.now()

type SignIn = ImageUploadRootProps['onSignIn']

/** Apps write this handler in place, so that it is another one in every render. */
function useStillSignIn(onSignIn: SignIn): SignIn {
  const latest = useLatest(onSignIn)
  const signIn = useCallback((item: UploadItem) => latest.current?.(item), [latest])
  return onSignIn && signIn
}

function areaStatus({ items, maxFiles }: UploadControl): AreaStatus {
  if (items.length === 0) return 'empty'
  return items.length < maxFiles ? 'open' : 'full'
}
