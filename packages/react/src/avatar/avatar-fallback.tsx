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
    const speaks = label !== '' && picture.src === null
    return (
      <span
        {...props}
        {...(speaks ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
        ref={ref}
        data-slot="avatar-fallback"
        data-status={picture.status}
        data-tint={toTint(name)}
      >
        {children ?? (toInitials(name) || <PersonIcon />)}
      </span>
    )
  },
)

function PersonIcon(): ReactNode {
  return (
    <svg viewBox="0 0 16 16" width="60%" fill="currentColor">
      <path d="M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6m0 2c-4 0-6 2-6 5h12c0-3-2-5-6-5" />
    </svg>
  )
}
