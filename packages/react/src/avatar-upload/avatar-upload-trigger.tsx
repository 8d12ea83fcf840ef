'use client'

import { AvatarFallback } from '../avatar/avatar-fallback.tsx'
import { AvatarImage } from '../avatar/avatar-image.tsx'
import { AvatarRoot } from '../avatar/avatar-root.tsx'
import { chain } from '../chain.ts'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useFilePicker } from '../upload/use-file-picker.tsx'
import { useAvatarUploadParts } from './avatar-upload-context.ts'
import { useObjectUrl } from '../use-object-url.ts'

export type AvatarUploadTriggerProps = PartProps<'button'>

/** The avatar as the button that changes it. Its picture lies under the button: initials are no part of the button's name. */
export const AvatarUploadTrigger: Part<HTMLButtonElement, AvatarUploadTriggerProps> = createPart(
  'AvatarUpload.Trigger',
  function renderTrigger({ children, ...props }, ref) {
    const { avatar, name, words, status, statusId, pick } = useAvatarUploadParts('Trigger')
    const picker = useFilePicker({
      policy: avatar.upload.policy,
      maxFiles: 1,
      onPick: ([file]) => file && pick(file),
    })
    const src = useObjectUrl(avatar.look)
    const does = avatar.look === null ? 'add' : 'change'
    return (
      <span data-slot="avatar-upload-picture">
        {children ?? (
          <AvatarRoot name={name} src={src} decorative>
            <AvatarImage />
            <AvatarFallback />
          </AvatarRoot>
        )}
        <button
          type="button"
          aria-label={words.avatar.name(does, name)}
          aria-describedby={statusId}
          {...props}
          ref={ref}
          onClick={chain(props.onClick, picker.open)}
          data-slot="avatar-upload-trigger"
          data-status={status}
        >
          <span data-slot="avatar-upload-verb">{words.avatar.verb[does]}</span>
        </button>
        {picker.input}
      </span>
    )
  },
)
