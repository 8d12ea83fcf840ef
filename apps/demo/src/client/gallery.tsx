import type { Image } from '@lightfast/core'
import { ImageGrid, refreshFrom } from '@lightfast/react'
import type { ImageGridActionProps, ImagesControl } from '@lightfast/react'
import { useState } from 'react'
import { galleryVariant } from './api.ts'
import type { Visitor } from './api.ts'
import { ShareDialog } from './share-dialog.tsx'
import { WayLabel } from './way-label.tsx'

interface GalleryProps {
  readonly visitor: Visitor
  readonly images: ImagesControl
}

const refresh = refreshFrom('/api/images', { variant: galleryVariant })

/** The pictures that the visitor may see, newest first. */
export function Gallery({ visitor, images }: GalleryProps) {
  const [shared, setShared] = useState<Image | null>(null)
  if (visitor.account === 'nobody')
    return <p className="soft">Signed out, so there is nothing to be seen here.</p>

  const offer = (image: Image, props: ImageGridActionProps) =>
    image.can.includes('share') && (
      <button {...props} onClick={() => setShared(image)} aria-label={`Share ${image.filename}`}>
        Share
      </button>
    )
  return (
    <>
      <ImageGrid.Area
        images={images}
        layout="squares"
        refresh={refresh}
        label={tellHow}
        actions={offer}
        empty={<p className="soft">{emptyWords[visitor.account]}</p>}
      />
      {shared && <ShareDialog image={shared} onClose={() => setShared(null)} />}
    </>
  )
}

/** How a photo of one's own came here, and how one of others is shown. */
function tellHow({ mine, rung }: Image) {
  return mine ? rung && <WayLabel rung={rung} /> : 'With a mark'
}

const others = 'Nothing here yet. Add a photo as Robin Vale, and come back.'

const emptyWords = {
  owner: 'Nothing here yet. Drop a photo above.',
  free: others,
  premium: others,
  colleague: others,
  stranger: 'Nothing here: people of another company see none of these photos.',
}
