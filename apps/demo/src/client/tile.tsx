import type { Image } from '@lightfast/core'
import { useState } from 'react'
import { WayLabel } from './way-label.tsx'

interface TileProps {
  readonly image: Image
  readonly onShare: (image: Image) => void
}

/** A picture that cannot be shown keeps its place and its name. */
export function Tile({ image, onShare }: TileProps) {
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null)
  const { url, filename, mine, can } = image
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
        {can.includes('share') && (
          <button onClick={() => onShare(image)} aria-label={`Share ${filename}`}>
            Share
          </button>
        )}
      </span>
    </li>
  )
}
