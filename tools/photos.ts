/** Paints landscapes that pass for photographs: a sky, a sun, and ranges of hills that fade with distance. */
import sharp from 'sharp'

export interface Photo {
  readonly name: string
  readonly buffer: Buffer
}

interface Scene {
  readonly name: string
  readonly sky: readonly [top: string, bottom: string]
  readonly sun: readonly [x: number, y: number, colour: string]
  readonly far: string
  readonly near: string
}

const scenes: readonly Scene[] = [
  {
    name: 'harbour.jpg',
    sky: ['#f3d9b1', '#f7a072'],
    sun: [0.68, 0.46, '#fff3d6'],
    far: '#d98d6f',
    near: '#4a3346',
  },
  {
    name: 'dunes.jpg',
    sky: ['#9cc9e8', '#eef3ee'],
    sun: [0.22, 0.24, '#ffffff'],
    far: '#d9c6a0',
    near: '#a3794a',
  },
  {
    name: 'fjord.jpg',
    sky: ['#243b55', '#7ba2b8'],
    sun: [0.5, 0.3, '#e8f1f4'],
    far: '#56778c',
    near: '#14222e',
  },
  {
    name: 'meadow.jpg',
    sky: ['#bfe3f5', '#f8f4dc'],
    sun: [0.8, 0.2, '#fffbe6'],
    far: '#a9c88b',
    near: '#3e6b3a',
  },
  {
    name: 'lighthouse.jpg',
    sky: ['#2b1b4d', '#e07a5f'],
    sun: [0.3, 0.55, '#ffd9a0'],
    far: '#8a4b62',
    near: '#1d1230',
  },
  {
    name: 'gulls.jpg',
    sky: ['#cfd9df', '#e2ebf0'],
    sun: [0.6, 0.35, '#ffffff'],
    far: '#a9b8c2',
    near: '#5b6b76',
  },
  {
    name: 'orchard.jpg',
    sky: ['#ffe6c7', '#ffc8a2'],
    sun: [0.45, 0.28, '#fff8ea'],
    far: '#c9b072',
    near: '#5c6b32',
  },
]

const width = 1600
const height = 1200

/** Paints all scenes as JPEGs. The same every time. */
export function makePhotos(): Promise<Photo[]> {
  return Promise.all(
    scenes.map(async (scene) => ({
      name: scene.name,
      buffer: await sharp(Buffer.from(toSvg(scene)))
        .jpeg({ quality: 88 })
        .toBuffer(),
    })),
  )
}

function toSvg({ sky, sun, far, near }: Scene): string {
  const [x, y, colour] = sun
  const hills = [0, 1, 2, 3].map(
    (range) => `<path fill="${mix(far, near, range / 3)}" d="${toRidge(range)}"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <linearGradient id="sky" x2="0" y2="1"><stop stop-color="${sky[0]}"/><stop offset="0.7" stop-color="${sky[1]}"/></linearGradient>
      <radialGradient id="glow"><stop stop-color="${colour}"/><stop offset="0.22" stop-color="${colour}" stop-opacity="0.9"/>
        <stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>
    </defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="${x * width}" cy="${y * height}" r="280" fill="url(#glow)"/>
    ${hills.join('')}
  </svg>`
}

/** One range: lower and rougher the nearer it is. */
function toRidge(range: number): string {
  const base = height * (0.56 + range * 0.11)
  const points = Array.from({ length: 81 }, (_, at) => {
    const t = at / 80
    const wave =
      Math.sin(t * (5 + range * 2.3) + range * 1.7) + Math.sin(t * 17 + range * 4.1) * 0.35
    return `${(t * width).toFixed(0)} ${(base - wave * (70 - range * 8)).toFixed(1)}`
  })
  return `M0 ${height} L${points.join(' L')} L${width} ${height}Z`
}

function mix(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16))
    return Math.round((a ?? 0) + ((b ?? 0) - (a ?? 0)) * share)
  })
  return `rgb(${channels.join(' ')})`
}
