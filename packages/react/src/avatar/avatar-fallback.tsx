'use client'

import type { ReactNode } from 'react'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useAvatar } from './avatar-context.ts'
import { toInitials, toTint } from './initials.ts'

export type AvatarFallbackProps = PartProps<'span'>

/** Stands under the picture, and in its place when there is none: the initials or an icon, unless something else is given. */
export const AvatarFallback: Part<HTMLSpanElement, AvatarFallbackProps> = createPart(
  'Avatar.Fallback',
  function renderFallback({ children, ...props }, ref) {
    const { name, label, picture } = useAvatar('Fallback')
    const { status } = picture
    const speaks = label !== '' && (status === 'failed' || status === 'idle')
    return (
      <span
        {...props}
        {...(speaks ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
        ref={ref}
        data-slot="avatar-fallback"
        data-status={status}
        data-tint={toTint(name)}
      >
        {children ?? (toInitials(name) || <PersonIcon />)}
      </span>
    )
  },
)

function PersonIcon(): ReactNode {
  return (
    <svg viewBox="0 0 16 16" width="60%" fill="currentColor" aria-hidden="true">
      <path d="M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm0 1.5c-3.3 0-5.5 1.7-5.5 4.5h11c0-2.8-2.2-4.5-5.5-4.5Z" />
    </svg>
  )
}
