'use client'

import type { ReactNode } from 'react'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import type { UploadItem } from '../upload/upload-state.ts'
import { useWayOut } from '../upload/use-way-out.tsx'
import type { Action } from '../words/describe-item.ts'
import { useAvatarUploadParts } from './avatar-upload-context.ts'

export type AvatarUploadActionsProps = PartProps<'div'>

/** Shows the ways out of the upload's state; without an upload, undo and remove. Absent where there is none. */
export const AvatarUploadActions: Part<HTMLDivElement, AvatarUploadActionsProps> = createPart(
  'AvatarUpload.Actions',
  function renderActions(props, ref) {
    const { avatar, name, words, description, status, undo, remove } =
      useAvatarUploadParts('Actions')
    const { item, canUndo, value } = avatar
    const ways = item === null ? [] : (description?.actions ?? [])
    const settled = item === null || item.state.status === 'done'
    const [mayUndo, mayRemove] = [settled && canUndo, settled && value !== null]
    if (ways.length === 0 && !mayUndo && !mayRemove) return null
    const { undo: undoLabel, undoName, remove: removeLabel, removeName } = words.avatar
    return (
      <div {...props} ref={ref} data-slot="avatar-upload-actions" data-status={status}>
        {item !== null &&
          ways.map((action) => <WayButton key={action.way} item={item} action={action} />)}
        {mayUndo && <Button label={undoLabel} name={undoName(name)} way="undo" onPress={undo} />}
        {mayRemove && (
          <Button label={removeLabel} name={removeName(name)} way="remove" onPress={remove} />
        )}
      </div>
    )
  },
)

interface WayButtonProps {
  readonly item: UploadItem
  readonly action: Action
}

/** Another photo goes through the cropper as the first did. */
function WayButton({ item, action }: WayButtonProps): ReactNode {
  const { avatar, pick, onSignIn } = useAvatarUploadParts('Actions')
  const upload = { ...avatar.upload, replace: (_: string, file: File) => pick(file) }
  const { take, input } = useWayOut(action.way, { item, upload, onSignIn })
  return (
    <>
      <Button label={action.label} name={action.name} way={action.way} onPress={take} />
      {input}
    </>
  )
}

interface ButtonProps {
  readonly label: string
  readonly name: string
  readonly way: string
  readonly onPress: () => void
}

function Button({ label, name, way, onPress }: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-label={name}
      onClick={onPress}
      data-slot="avatar-upload-action"
      data-way={way}
    >
      {label}
    </button>
  )
}
