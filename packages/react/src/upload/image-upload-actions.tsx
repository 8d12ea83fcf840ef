'use client'

import type { KeyboardEvent, ReactNode } from 'react'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import type { Action } from '../words/describe-item.ts'
import { useUpload, useUploadItem } from './upload-context.ts'
import { useWayOut } from './use-way-out.tsx'

export type ImageUploadActionsProps = PartProps<'div'>

/** Shows the ways out of the item's state, the first one first. Absent where there is none. */
export const ImageUploadActions: Part<HTMLDivElement, ImageUploadActionsProps> = createPart(
  'ImageUpload.Actions',
  function renderActions(props, ref) {
    const { item, description } = useUploadItem('Actions')
    const { actions } = description
    if (actions.length === 0) return null
    return (
      <div {...props} ref={ref} data-slot="image-upload-actions" data-status={item.state.status}>
        {actions.map((action) => (
          <ActionButton key={action.way} action={action} />
        ))}
      </div>
    )
  },
)

/** The rows move up when one goes: a double click, or a key held down, must not take the next one along. */
function refuseRepeat(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault()
}

function ActionButton({ action }: { readonly action: Action }): ReactNode {
  const { upload, onSignIn, onAct } = useUpload('Actions')
  const { item } = useUploadItem('Actions')
  const { take, input } = useWayOut(action.way, { item, upload, onSignIn })
  return (
    <>
      <button
        type="button"
        aria-label={action.name}
        onKeyDown={refuseRepeat}
        onClick={({ currentTarget, detail }) => {
          if (detail > 1) return
          onAct(currentTarget)
          take()
        }}
        data-slot="image-upload-action"
        data-status={item.state.status}
        data-way={action.way}
      >
        {action.label}
      </button>
      {input}
    </>
  )
}
