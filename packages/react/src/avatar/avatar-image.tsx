'use client'

import { useMemo } from 'react'
import { chain } from '../chain.ts'
import { createPart, mergeRefs } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useAvatar } from './avatar-context.ts'

export type AvatarImageProps = Omit<PartProps<'img'>, 'src' | 'alt'>

/** The picture, a real `<img>` from the server's HTML on, laid over the fallback. Absent when there is none to show. */
export const AvatarImage: Part<HTMLImageElement, AvatarImageProps> = createPart(
  'Avatar.Image',
  function renderImage(props, ref) {
    const { label, picture } = useAvatar('Image')
    const { src, status, imageProps } = picture
    const setImage = useMemo(() => mergeRefs(imageProps.ref, ref), [imageProps.ref, ref])

    if (src === null) return null
    return (
      <img
        draggable={false}
        {...props}
        ref={setImage}
        src={src}
        alt={label}
        onLoad={chain(props.onLoad, imageProps.onLoad)}
        onError={chain(props.onError, imageProps.onError)}
        data-slot="avatar-image"
        data-status={status}
      />
    )
  },
)
