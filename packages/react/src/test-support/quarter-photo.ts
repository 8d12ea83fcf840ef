/** A photo of four coloured quarters, so that a test can see which way is up. For browsers. */
import { addJpegExif } from '../process/strip-jpeg.ts'

/** Notes that sharp wrote: orientation 6, maker `Lightfast`, and a place. */
const notes =
  'SUkqAAgAAAAIAA8BAgAKAAAAfgAAABIBAwABAAAABgAAABoBBQABAAAAbgAAABsBBQABAAAAdgAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAGmHBAABAAAAiAAAACWIBAABAAAA1gAAAAAAAAA4YwAA6AMAADhjAADoAwAATGlnaHRmYXN0AAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAAAIAAAAA6AEAAEAAAAIAAAAAAAAAAIAAQACAAIAAABOAAAAAgAFAAMAAAD0AAAAAAAAADMAAAABAAAAHgAAAAEAAAAAAAAAAQAAAA=='

/** As they stand in the file: left before right, above before below. */
const quarters = ['#e00000', '#00c000', '#0000e0', 'transparent']
const names = { '#e00000': 'red', '#00c000': 'green', '#0000e0': 'blue' }

/** Draws the quarters: red, green, blue, and nothing. JPEG makes black of nothing. */
export async function drawQuarters(width: number, height: number, type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('There is no canvas.')
  quarters.forEach((colour, index) => {
    context.fillStyle = colour
    const [x, y] = [index % 2, Math.floor(index / 2)]
    context.fillRect((x * width) / 2, (y * height) / 2, width / 2, height / 2)
  })
  return canvas.convertToBlob({ type, quality: 0.95 })
}

/** Takes a photo with a phone held on its side: it says so, and where it was. */
export async function takeQuarters(width: number, height: number): Promise<Blob> {
  const bytes = new Uint8Array(
    await (await drawQuarters(width, height, 'image/jpeg')).arrayBuffer(),
  )
  const exif = Uint8Array.from(atob(notes), (char) => char.charCodeAt(0))
  return new Blob([addJpegExif(bytes, exif)], { type: 'image/jpeg' })
}

export interface Seen {
  readonly width: number
  readonly height: number
  /** The colours as a person sees them: above from left to right, then below. */
  readonly quarters: readonly string[]
}

/** Looks at a picture as a browser shows it. */
export async function look(blob: Blob): Promise<Seen> {
  const bitmap = await createImageBitmap(blob)
  const { width, height } = bitmap
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('There is no canvas.')
  context.drawImage(bitmap, 0, 0)
  const seen = [0, 1, 2, 3].map((index) => {
    const [x, y] = [index % 2, Math.floor(index / 2)]
    const at = [(x + 0.5) * (width / 2), (y + 0.5) * (height / 2)].map(Math.floor)
    return toName(context.getImageData(at[0] ?? 0, at[1] ?? 0, 1, 1).data)
  })
  return { width, height, quarters: seen }
}

function toName([red = 0, green = 0, blue = 0, alpha = 0]: Uint8ClampedArray): string {
  if (alpha < 20) return 'nothing'
  const near = Object.entries(names).find(([colour]) => {
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    return [red, green, blue].every((part, index) => Math.abs(part - (wanted[index] ?? 0)) < 30)
  })
  return near?.[1] ?? (red + green + blue < 60 ? 'black' : `rgb(${red} ${green} ${blue})`)
}
