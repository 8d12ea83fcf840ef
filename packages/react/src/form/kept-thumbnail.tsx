'use client'

import { useState } from 'react'
import type { ReactNode } from 'react'
import { Preview } from '../upload/image-upload-thumbnail.tsx'
import type { KeptPhoto } from './kept-photo.ts'

/** Shows the picture of a kept photo. Decoration: the name stands beside it. */
export function KeptThumbnail({ preview }: Pick<KeptPhoto, 'preview'>): ReactNode {
  return (
    <span aria-hidden="true" data-slot="image-upload-thumbnail" data-status="done">
      {typeof preview === 'string' && <Remote key={preview} url={preview} />}
      {preview instanceof Blob && <Preview blob={preview} />}
    </span>
  )
}

function Remote({ url }: { readonly url: string }): ReactNode {
  const [broken, setBroken] = useState(false)
  return <img src={url} alt="" draggable={false} hidden={broken} onError={() => setBroken(true)} />
}
