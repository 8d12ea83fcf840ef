import type { Image, ImageState } from '@lightfast/core'

/** An image record as the routes answer it. */
export function makeImage(state: ImageState, details: Partial<Image> = {}): Image {
  return {
    id: 'img-1',
    uploadId: '00000000-0000-4000-8000-000000000001',
    state,
    kind: 'photo',
    filename: 'cat.png',
    facts: 'claimed',
    contentType: 'image/png',
    sizeBytes: 70,
    width: 1,
    height: 1,
    rung: null,
    createdAt: 1,
    failure: null,
    mine: true,
    privacy: 'private',
    can: ['view', 'viewOriginal', 'share', 'update', 'delete', 'administer'],
    url: null,
    thumbhash: null,
    ...details,
  }
}
