'use client'

import { useEffect, useReducer } from 'react'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { AvatarContext } from './avatar-context.ts'
import { changePicture, startPicture } from './picture-machine.ts'

export type AvatarRootProps = PartProps<
  'span',
  {
    /** Whose picture it is. Empty where the name stands beside it: then the avatar is decoration. */
    readonly name: string
    /** Where the picture is; null where there is none. */
    readonly src: string | null
  }
>

/** The box of an avatar. Its size is the app's alone, whatever becomes of the picture. */
export const AvatarRoot: Part<HTMLSpanElement, AvatarRootProps> = createPart(
  'Avatar.Root',
  function renderRoot({ name, src: source, ...props }, ref) {
    const [state, send] = useReducer(changePicture, source, startPicture)
    useEffect(() => send({ type: 'sourced', source }), [source])
    // A new source counts at once: the old picture's verdict must not show for a frame.
    const picture = changePicture(state, { type: 'sourced', source })
    return (
      <AvatarContext.Provider value={{ name, source, picture, send }}>
        <span {...props} ref={ref} data-slot="avatar-root" data-status={picture.status} />
      </AvatarContext.Provider>
    )
  },
)
