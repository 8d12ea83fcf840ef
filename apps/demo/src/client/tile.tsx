import type { Image } from '@lightfast/core'
import { useState } from 'react'
import { WayLabel } from './way-label.tsx'

interface TileProps {
  readonly image: Image
  readonly onChoose: (imageId: string) => void
  readonly onShare: (image: Image) => void
}

/** A picture that cannot be shown keeps its place and its name. */
export function Tile({ image, onChoose, onShare }: TileProps) {
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null)
  const { id, url, filename, mine, can } = image
  return (
    <li>
      {url && url !== brokenUrl ? (
        <img src={url} alt={filename} width={240} height={240} onError={() => setBrokenUrl(url)} />
      ) : (
        <span className="missing">{filename} cannot be shown right now</span>
      )}
      {mine && image.rung && <WayLabel rung={image.rung} />}
      {!mine && <span className="way">With a mark</span>}
      <span className="actions">
        {mine && (
          <button onClick={() => onChoose(id)} aria-label={`Use as avatar, ${filename}`}>
            Use as avatar
          </button>
        )}
        {can.includes('share') && (
          <button onClick={() => onShare(image)} aria-label={`Share ${filename}`}>
            Share
          </button>
        )}
      </span>
    </li>
  )
}
