import type { Image } from '@lightfast/core'
import { useState } from 'react'
import type { Visitor } from './api.ts'
import { ShareDialog } from './share-dialog.tsx'
import { Tile } from './tile.tsx'
import type { Loaded } from './use-loaded.ts'

export interface GalleryProps {
  readonly visitor: Visitor
  readonly gallery: Loaded<readonly Image[]>
  readonly onReload: () => void
}

/** The pictures that the visitor may see, newest first. */
export function Gallery({ visitor, gallery, onReload }: GalleryProps) {
  const [shared, setShared] = useState<Image | null>(null)
  if (visitor.account === 'nobody')
    return <p className="soft">Signed out, so there is nothing to be seen here.</p>
  if (gallery.status === 'loading') return <p className="soft">Loading your photos</p>
  if (gallery.status === 'failed') {
    return (
      <p className="soft">
        Your photos cannot be listed right now. <button onClick={onReload}>Try again</button>
      </p>
    )
  }
  if (gallery.value.length === 0) return <Empty visitor={visitor} />
  return (
    <>
      <ul className="gallery">
        {gallery.value.map((image) => (
          <Tile key={image.id} image={image} onShare={setShared} />
        ))}
      </ul>
      {shared && <ShareDialog image={shared} onClose={() => setShared(null)} />}
    </>
  )
}

function Empty({ visitor: { account } }: Pick<GalleryProps, 'visitor'>) {
  const words = {
    owner: 'Nothing here yet. Drop a photo above.',
    stranger: 'Nothing here: people of another company see none of these photos.',
  }
  const others = 'Nothing here yet. Add a photo as Robin Vale, and come back.'
  return (
    <p className="soft">
      {account === 'owner' || account === 'stranger' ? words[account] : others}
    </p>
  )
}
