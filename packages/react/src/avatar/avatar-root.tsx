'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import type { PictureSurroundings } from '../picture-source/picture-surroundings.ts'
import type { RefreshSource } from '../picture-source/refresh-source.ts'
import { usePictureSource } from '../picture-source/use-picture-source.ts'
import { AvatarContext } from './avatar-context.ts'

export type AvatarRootProps = PartProps<
  'span',
  {
    /** Whose picture it is. Without a name there is an icon in the place of initials. */
    readonly name: string
    /** Where the picture is, followed by what stands in for it; null where there is none. */
    readonly src: string | readonly string[] | null
    /** For an avatar beside a name that can be read: it is drawn and not spoken of. */
    readonly decorative?: boolean
    /** When the first source stops working, in ms since the epoch. */
    readonly expiresAt?: number | null
    /** Yields another URL of the same picture: before it expires, once after a failure, and on a return after the end. */
    readonly refreshSrc?: RefreshSource
    /** The outside world, the real one unless given. Tests and stories move it by hand. */
    readonly surroundings?: Partial<PictureSurroundings>
  }
>

/** The box of an avatar. Its size is the app's alone, whatever becomes of the picture. */
export const AvatarRoot: Part<HTMLSpanElement, AvatarRootProps> = createPart(
  'Avatar.Root',
  function renderRoot(
    { name, src, decorative = false, expiresAt = null, refreshSrc, surroundings, ...props },
    ref,
  ) {
    const sources = toSources(src)
    const picture = usePictureSource({ sources, expiresAt, refreshSrc, surroundings })
    return (
      <AvatarContext.Provider value={{ name, label: decorative ? '' : name, picture }}>
        <span
          {...props}
          ref={ref}
          data-slot="avatar-root"
          data-status={picture.status}
          data-stand-in={picture.index > 0 ? '' : undefined}
        />
      </AvatarContext.Provider>
    )
  },
)

/** An empty string would be the address of the page itself. */
const toSources = (src: AvatarRootProps['src']): readonly string[] =>
  [src ?? []].flat().filter(Boolean)
