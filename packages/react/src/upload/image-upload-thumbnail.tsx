'use client'

import { useEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { isBig, makePreview } from './make-preview.ts'
import { useUploadItem } from './upload-context.ts'

export type ImageUploadThumbnailProps = PartProps<'span'>

/** Shows the chosen picture itself. Decoration: the name stands beside it. */
export const ImageUploadThumbnail: Part<HTMLSpanElement, ImageUploadThumbnailProps> = createPart(
  'ImageUpload.Thumbnail',
  function renderThumbnail(props, ref) {
    const { item } = useUploadItem('Thumbnail')
    return (
      <span
        aria-hidden="true"
        {...props}
        ref={ref}
        data-slot="image-upload-thumbnail"
        data-status={item.state.status}
      >
        {item.preview !== null && <Preview blob={item.preview} />}
      </span>
    )
  },
)

/** The URL is made and revoked in one effect, so that neither a tick of progress nor a second mount leaks one. */
export function Preview({ blob }: { readonly blob: Blob }): ReactNode {
  const ref = useRef<HTMLImageElement>(null)
  const [broken, setBroken] = useState<Blob | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    if (!isBig(blob)) show(ref, blob, signal)
    else void makePreview(blob, signal).then((preview) => show(ref, preview, signal))
    return () => leaving.abort()
  }, [blob])
  return (
    <img
      ref={ref}
      alt=""
      draggable={false}
      hidden={broken === blob}
      onError={() => setBroken(blob)}
    />
  )
}

function show(ref: RefObject<HTMLImageElement | null>, preview: Blob, signal: AbortSignal): void {
  if (ref.current === null || signal.aborted) return
  const url = URL.createObjectURL(preview)
  ref.current.src = url
  signal.addEventListener('abort', () => URL.revokeObjectURL(url))
}
