import type { EmulatorConfig } from '../options.ts'
import type { Picture, Resize } from '../pixels.ts'
import type { StoredFile } from '../store.ts'

/** Answers with a small picture, or with the file as it was uploaded where no picture library is there; disarmed. */
export async function makeThumbnail(
  { bytes, type, picture }: StoredFile,
  { pixels }: EmulatorConfig,
): Promise<Response> {
  if (!pixels || !picture) return toResponse(bytes, type)
  return toResponse(await pixels.resize(bytes, toSmall(picture)), 'image/webp')
}

const LONGEST_SIDE = 320

function toSmall({ width, height }: Picture): Resize {
  const factor = Math.min(1, LONGEST_SIDE / Math.max(width, height))
  const shorten = (side: number): number => Math.max(1, Math.round(side * factor))
  return {
    frames: 'first',
    scale: { width: shorten(width), height: shorten(height) },
    frame: { kind: 'whole' },
    encoding: {
      type: 'image/webp',
      quality: 75,
      progressive: false,
      palette: false,
      metadata: 'none',
    },
  }
}

function toResponse(bytes: Uint8Array<ArrayBuffer>, type: string): Response {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
  return new Response(bytes, {
    headers: { 'Content-Type': type, 'Content-Security-Policy': policy },
  })
}
