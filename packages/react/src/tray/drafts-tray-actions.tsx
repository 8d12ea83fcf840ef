'use client'

import { useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { TrayWords } from '../words/tray-words.ts'

export interface DraftsTrayActionsProps {
  readonly count: number
  readonly words: TrayWords
  readonly onUploadAll: () => void
  readonly onDiscardAll: () => void
}

/** The ways out for all drafts at once. What is discarded is gone, so that is asked twice. */
export function DraftsTrayActions(props: DraftsTrayActionsProps): ReactNode {
  const { words, onUploadAll, onDiscardAll } = props
  const [asking, setAsking] = useState(false)
  const discard = useRef<HTMLButtonElement>(null)

  function keep(): void {
    setAsking(false)
    // The button is back in the page only after this turn.
    setTimeout(() => discard.current?.focus())
  }

  if (asking) return <Question {...props} onKeep={keep} onDiscard={onDiscardAll} />
  return (
    <div data-slot="drafts-tray-actions">
      <button type="button" onClick={onUploadAll} data-slot="drafts-tray-action" data-way="upload">
        {words.uploadAll}
      </button>
      <button
        ref={discard}
        type="button"
        onClick={() => setAsking(true)}
        data-slot="drafts-tray-action"
        data-way="discard"
      >
        {words.discardAll}
      </button>
    </div>
  )
}

interface QuestionProps extends Pick<DraftsTrayActionsProps, 'count' | 'words'> {
  readonly onKeep: () => void
  readonly onDiscard: () => void
}

/** The keyboard goes to the answer that changes nothing. */
function Question({ count, words, onKeep, onDiscard }: QuestionProps): ReactNode {
  function leave({ key }: KeyboardEvent): void {
    if (key === 'Escape') onKeep()
  }
  return (
    <fieldset data-slot="drafts-tray-question">
      <legend data-slot="drafts-tray-line">{words.confirm}</legend>
      <div data-slot="drafts-tray-actions">
        <button
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that had the keyboard is gone
          autoFocus
          type="button"
          onClick={onKeep}
          onKeyDown={leave}
          data-slot="drafts-tray-action"
          data-way="keep"
        >
          {words.keep}
        </button>
        <button
          type="button"
          onClick={onDiscard}
          onKeyDown={leave}
          data-slot="drafts-tray-action"
          data-way="confirm"
        >
          {words.confirmed(count)}
        </button>
      </div>
    </fieldset>
  )
}
