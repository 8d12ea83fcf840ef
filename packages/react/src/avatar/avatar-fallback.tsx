'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useAvatar } from './avatar-context.ts'
import { toInitials, toTint } from './initials.ts'

export type AvatarFallbackProps = PartProps<'span'>

/** Stands under the picture, and in its place when there is none: the initials, unless something else is given. */
export const AvatarFallback: Part<HTMLSpanElement, AvatarFallbackProps> = createPart(
  'Avatar.Fallback',
  function renderFallback({ children, ...props }, ref) {
    const { name, picture } = useAvatar('Fallback')
    const speaks = name !== '' && (picture.status === 'failed' || picture.status === 'idle')
    return (
      <span
        {...props}
        {...(speaks ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true })}
        ref={ref}
        data-slot="avatar-fallback"
        data-status={picture.status}
        data-tint={toTint(name)}
      >
        {children ?? toInitials(name)}
      </span>
    )
  },
)
