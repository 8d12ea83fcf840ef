'use client'

import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { chain } from '../chain.ts'
import { createPart, mergeRefs } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useAvatar } from './avatar-context.ts'

export type AvatarImageProps = Omit<PartProps<'img'>, 'src' | 'alt'>

/** The picture, a real `<img>` from the server's HTML on, laid over the fallback. Absent without a source. */
export const AvatarImage: Part<HTMLImageElement, AvatarImageProps> = createPart(
  'Avatar.Image',
  function renderImage(props, ref) {
    const { name, source, picture, send } = useAvatar('Image')
    const image = useRef<HTMLImageElement>(null)
    const setImage = useMemo(() => mergeRefs(image, ref), [ref])
    useEffectBeforePaint(() => {
      // Its events may have fired before React listened.
      if (!image.current?.complete || source === null) return
      if (image.current.naturalWidth > 0) send({ type: 'loaded', source })
      else void confirm(image.current, (type) => send({ type, source }))
    }, [source, send])

    if (source === null) return null
    const failed = picture.status === 'failed'
    return (
      <img
        draggable={false}
        {...props}
        ref={setImage}
        src={source}
        alt={failed ? '' : name}
        aria-hidden={failed || undefined}
        onLoad={chain(props.onLoad, () => send({ type: 'loaded', source }))}
        onError={chain(props.onError, () => send({ type: 'failed', source }))}
        data-slot="avatar-image"
        data-status={picture.status}
      />
    )
  },
)

/** An SVG without a size is complete, has no width, and is fine. */
function confirm(
  image: HTMLImageElement,
  tell: (verdict: 'loaded' | 'failed') => void,
): Promise<void> {
  return image.decode().then(
    () => tell('loaded'),
    () => tell('failed'),
  )
}

/** A layout effect, without React 18's warning that it does not run on a server. */
const useEffectBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect
