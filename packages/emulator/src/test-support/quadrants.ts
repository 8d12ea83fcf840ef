/** Pictures of which every corner is known, for tests that look at pixels. */
import sharp from 'sharp'
import type { OverlayOptions } from 'sharp'

/** The four colours of `makeQuadrants`: top left, top right, bottom left, bottom right. */
const quadrants = ['#ff0000', '#00ff00', '#0000ff', '#ffff00'] as const

/** Makes a picture of four rectangles. */
export const makeQuadrants = (width: number, height: number): Promise<Blob> =>
  paint(
    { width, height, background: '#000000' },
    quadrants.map((colour, at) => ({
      ...box(width / 2, height / 2, colour),
      left: (at % 2) * (width / 2),
      top: Math.floor(at / 2) * (height / 2),
    })),
  )

/** Makes a box of one colour on a ground of another, at a place of its own. */
export const makeBox = (
  ground: string,
  colour: string,
  place: { left: number; top: number; width: number; height: number },
): Promise<Blob> =>
  paint({ width: 200, height: 100, background: ground }, [
    { ...box(place.width, place.height, colour), left: place.left, top: place.top },
  ])

/** Makes a picture of one colour, which may be translucent. */
export const makePlain = (width: number, height: number, colour: string): Promise<Blob> =>
  paint({ width, height, background: colour }, [])

/** Makes a GIF of two frames, each a row of two colours: red and green, then blue and yellow. */
export async function makeTwoFrames(width: number, height: number): Promise<Blob> {
  const rows = [quadrants.slice(0, 2), quadrants.slice(2)].map(async (colours) => {
    const halves = colours.map((colour, at) => ({
      ...box(width / 2, height, colour),
      left: (at * width) / 2,
      top: 0,
    }))
    return new Uint8Array(
      await (await paint({ width, height, background: '#000000' }, halves)).arrayBuffer(),
    )
  })
  const animation = sharp(await Promise.all(rows), { join: { animated: true } })
  return new Blob([new Uint8Array(await animation.gif({ delay: [70, 90], loop: 3 }).toBuffer())])
}

async function paint(
  ground: { readonly width: number; readonly height: number; readonly background: string },
  layers: OverlayOptions[],
): Promise<Blob> {
  const picture = sharp({ create: { ...ground, channels: 4 } }).composite(layers)
  return new Blob([new Uint8Array(await picture.png().toBuffer())])
}

const box = (width: number, height: number, background: string): OverlayOptions => ({
  input: { create: { width, height, channels: 4, background } },
})
