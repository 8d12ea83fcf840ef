'use client'

import { useId, useMemo, useRef } from 'react'
import { Announcer } from '../announcer.tsx'
import { chain } from '../chain.ts'
import { createPart, mergeRefs } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { StateIcon } from '../upload/state-icon.tsx'
import { UploadContext } from '../upload/upload-context.ts'
import type { UploadControl } from '../upload/upload-control.ts'
import { useFocusKeeper } from '../upload/use-focus-keeper.ts'
import type { Language } from '../words/language.ts'
import { DraftRow } from './draft-row.tsx'
import { DraftsTrayActions } from './drafts-tray-actions.tsx'
import { isDraft } from './split-drafts.ts'
import { useFocusBeyond } from './use-focus-beyond.ts'
import { useTrayAnnouncement } from './use-tray-announcement.ts'
import { useTrayContext } from './use-tray-context.ts'
import { useTrayWords } from './use-tray-words.ts'

export type DraftsTrayProps = PartProps<
  'div',
  {
    readonly upload: UploadControl
    /** Everything that is said; that of the nearest `WordsProvider` unless given. Make it once, outside the component. */
    readonly words?: Language
    /** Milliseconds since the epoch; the device's own unless given. Stories and tests hand in a still one. */
    readonly clock?: () => number
  }
>

/** Shows what was left over from earlier visits, to be uploaded or discarded. Nothing is to be seen when there is nothing. */
export const DraftsTray: Part<HTMLDivElement, DraftsTrayProps> = createPart(
  'DraftsTray',
  function renderTray({ upload, words: own, clock = now, children, ...props }, ref) {
    const words = useTrayWords(own)
    const drafts = useMemo(() => upload.items.filter(isDraft), [upload.items])
    const count = drafts.length
    const root = useRef<HTMLDivElement>(null)
    const setRoot = useMemo(() => mergeRefs(root, ref), [ref])
    const keeper = useFocusKeeper(drafts, root)
    const beyond = useFocusBeyond(count)
    const [said, say] = useTrayAnnouncement(count, words.tray.waiting)
    const context = useTrayContext({ upload, words, clock, keeper, say })
    const titleId = useId()

    function discardAll(): void {
      for (const { id } of drafts) upload.remove(id)
      say(words.tray.discarded(count))
    }

    const tray = (
      <div
        {...props}
        ref={setRoot}
        onFocus={chain(chain(props.onFocus, keeper.onFocus), beyond.onFocus)}
        onBlur={chain(chain(props.onBlur, keeper.onBlur), beyond.onBlur)}
        data-slot="drafts-tray"
        data-status="waiting"
      >
        <StateIcon state={{ status: 'restored' }} />
        <p id={titleId} data-slot="drafts-tray-title">
          {words.tray.waiting(count)}
        </p>
        <p data-slot="drafts-tray-line">{words.tray.line(count)}</p>
        <ul aria-labelledby={titleId} data-slot="image-upload-list" data-status="waiting">
          {drafts.map((item) => (
            <DraftRow key={item.id} item={item} line={words.tray.chosen(item, context.now)} />
          ))}
        </ul>
        {count > 1 && (
          <DraftsTrayActions
            count={count}
            words={words.tray}
            onUploadAll={() => drafts.forEach(({ id }) => upload.retry(id))}
            onDiscardAll={discardAll}
          />
        )}
        {children}
      </div>
    )
    return (
      <UploadContext.Provider value={context}>
        {count > 0 && tray}
        <Announcer said={said} />
      </UploadContext.Provider>
    )
  },
)

const now = (): number => Date.now()
