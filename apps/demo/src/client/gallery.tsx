import type { Image } from '@lightfast/core'
import { useState } from 'react'
import type { Loaded } from './use-loaded.ts'
import { WayLabel } from './way-label.tsx'

export interface GalleryProps {
  readonly gallery: Loaded<readonly Image[]>
  readonly onChoose: (imageId: string) => void
  readonly onRetry: () => void
}

/** The visitor's pictures, newest first. */
export function Gallery({ gallery, onChoose, onRetry }: GalleryProps) {
  if (gallery.status === 'loading') return <p className="soft">Loading your photos</p>
  if (gallery.status === 'failed') {
    return (
      <p className="soft">
        Your photos cannot be listed right now. <button onClick={onRetry}>Try again</button>
      </p>
    )
  }
  if (gallery.value.length === 0)
    return <p className="soft">Nothing here yet. Drop a photo above.</p>
  return (
    <ul className="gallery">
      {gallery.value.map((image) => (
        <Tile key={image.id} image={image} onChoose={onChoose} />
      ))}
    </ul>
  )
}

interface TileProps {
  readonly image: Image
  readonly onChoose: (imageId: string) => void
}

/** A picture that cannot be shown keeps its place and its name. */
function Tile({ image, onChoose }: TileProps) {
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null)
  return (
    <li>
      {image.url && image.url !== brokenUrl ? (
        <img
          src={image.url}
          alt={image.filename}
          width={240}
          height={240}
          onError={() => setBrokenUrl(image.url)}
        />
      ) : (
        <span className="missing">{image.filename} cannot be shown right now</span>
      )}
      {image.rung && <WayLabel rung={image.rung} />}
      <button onClick={() => onChoose(image.id)} aria-label={`Use as avatar, ${image.filename}`}>
        Use as avatar
      </button>
    </li>
  )
}
