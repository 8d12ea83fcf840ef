import type { Image, StartedUpload } from '@lightfast/core'

/** Answers as the app's routes do when all is well: each upload may begin, on the first rung. */
export async function startUpload(): Promise<Response> {
  const id = crypto.randomUUID()
  const image: Image = {
    id,
    uploadId: id,
    state: 'pending',
    kind: 'photo',
    filename: 'photo.png',
    facts: 'claimed',
    contentType: 'image/png',
    sizeBytes: 70,
    width: 1,
    height: 1,
    rung: 'direct',
    createdAt: Date.now(),
    failure: null,
    mine: true,
    privacy: 'private',
    can: ['view'],
    url: null,
    thumbhash: null,
  }
  const started: StartedUpload = {
    image,
    way: { rung: 'direct', attemptId: id, url: 'https://upload.test/', expiresAt: 9e15 },
    rungs: ['direct'],
  }
  return Response.json(started)
}
