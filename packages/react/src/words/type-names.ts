import type { ImageType } from '@lightfast/core'

/** What people call the kinds of files, the same in every language. */
export const typeNames: { readonly [Type in ImageType]: string } = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'image/svg+xml': 'SVG',
  'image/heic': 'HEIC',
  'image/avif': 'AVIF',
}
