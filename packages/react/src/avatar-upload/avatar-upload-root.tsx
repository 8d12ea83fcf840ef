'use client'

import { useId, useMemo, useRef } from 'react'
import type { ComponentType } from 'react'
import { Announcer } from '../announcer.tsx'
import { chain } from '../chain.ts'
import { createPart, mergeRefs } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import type { CropProps } from '../crop/crop-props.ts'
import type { UploadItem } from '../upload/upload-state.ts'
import { useAnnouncement } from '../upload/use-announcement.ts'
import { useFileDrop } from '../upload/use-file-drop.ts'
import { useMoment } from '../upload/use-moment.ts'
import type { AvatarUploadWords } from '../words/avatar-words.ts'
import { describeItem } from '../words/describe-item.ts'
import type { Description } from '../words/describe-item.ts'
import { enAvatarUpload } from '../words/en-avatar.ts'
import { useLanguage } from '../words/words-context.tsx'
import { AvatarUploadContext } from './avatar-upload-context.ts'
import type { AvatarUploadContextValue, AvatarUploadStatus } from './avatar-upload-context.ts'
import type { AvatarUploadControl } from './use-avatar-upload.ts'
import { useCropStep } from './use-crop-step.tsx'
import { useTriggerFocus } from './use-trigger-focus.ts'

export type AvatarUploadRootProps = PartProps<
  'div',
  {
    readonly avatar: AvatarUploadControl
    /** Whose picture it is. Empty where nobody knows. */
    readonly name: string
    /** Lets the person crop what was chosen, such as `CropDialog`. Who does not crop does not pay for it. */
    readonly crop?: ComponentType<CropProps>
    /** Everything that is said; that of the nearest `WordsProvider` unless given. Make it once, outside the component. */
    readonly words?: AvatarUploadWords
    /** Signs the person in again. Without it, `Try again` stands where `Sign in` would. */
    readonly onSignIn?: (item: UploadItem) => void
    /** Milliseconds since the epoch; the device's own unless given. Stories and tests hand in a still one. */
    readonly clock?: () => number
  }
>

/** Holds the parts of an avatar upload together, speaks for them, and takes what is dropped or pasted. */
export const AvatarUploadRoot: Part<HTMLDivElement, AvatarUploadRootProps> = createPart(
  'AvatarUpload.Root',
  function renderRoot(
    { avatar, name, crop, words: own, onSignIn, clock = now, children, ...props },
    ref,
  ) {
    const shared = useLanguage()
    const words = own ?? shared ?? enAvatarUpload
    const root = useRef<HTMLDivElement>(null)
    const setRoot = useMemo(() => mergeRefs(root, ref), [ref])
    const [said, say] = useAnnouncement(avatar.upload, words, clock)
    const description = useDescription(avatar, words, { clock, onSignIn })
    const focus = useTriggerFocus(root)
    const { pick, dialog } = useCropStep(crop, words, avatar.pick)
    const { dragging, ...drop } = useFileDrop(root, ([file]) => file && pick(file))
    const context = {
      avatar,
      name,
      words,
      onSignIn,
      dragging,
      pick,
      statusId: useId(),
      status: statusOf(avatar),
      description,
      undo() {
        avatar.undo()
        say(words.avatar.undone(name))
      },
      remove() {
        avatar.remove()
        say(words.avatar.removed(name))
      },
    }
    return (
      <AvatarUploadContext.Provider value={context}>
        <div
          {...props}
          ref={setRoot}
          onFocus={chain(props.onFocus, focus.onFocus)}
          onBlur={chain(props.onBlur, focus.onBlur)}
          onDragOver={chain(props.onDragOver, drop.onDragOver)}
          onDragLeave={chain(props.onDragLeave, drop.onDragLeave)}
          onDrop={chain(props.onDrop, drop.onDrop)}
          data-slot="avatar-upload-root"
          data-status={context.status}
          data-dragging={dragging ? '' : undefined}
        >
          {children}
          <Announcer said={said} />
        </div>
        {dialog}
      </AvatarUploadContext.Provider>
    )
  },
)

const now = (): number => Date.now()

function statusOf({ item, look }: AvatarUploadControl): AvatarUploadStatus {
  if (item !== null) return item.state.status
  return look === null ? 'none' : 'set'
}

/** Puts the state of the upload into words, and again as soon as a retry time has passed. */
function useDescription(
  { item, upload }: AvatarUploadControl,
  words: AvatarUploadWords,
  {
    clock,
    onSignIn,
  }: Required<Pick<AvatarUploadRootProps, 'clock'>> & Pick<AvatarUploadContextValue, 'onSignIn'>,
): Description | null {
  const moment = useMoment(upload.items, clock)
  const signIn = onSignIn === undefined ? 'absent' : 'offered'
  return item && describeItem(item, words, { policy: upload.policy, now: moment, signIn })
}
