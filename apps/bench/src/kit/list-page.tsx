import { countCommits, countDrawn } from './count-drawn.ts'
import { ImageUploadArea, useImageUpload } from '@lightfast/react'
import type { UploadControl, UploadTransport } from '@lightfast/react'
import '@lightfast/react/styles.css'
import { useLayoutEffect } from 'react'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { startUpload } from './start-upload.ts'

const COUNTED = 50
const BATCHES = 10
const BATCH_TICKS = 20
const TICK_BYTES = 1000
/** So that each tick shows another figure. */
const FILE_BYTES = TICK_BYTES * (COUNTED + BATCHES * BATCH_TICKS)
const QUIET_MS = 400

const tellers: ((loadedBytes: number) => void)[] = []
let control: UploadControl | undefined
let sentBytes = 0

/** Opens an upload area with so many files in its list. Returns how many rows are there. */
export async function open(files: number): Promise<number> {
  const root = createRoot(document.querySelector('#root') ?? document.body)
  flushSync(() => root.render(<Page files={files} />))
  control?.add(Array.from({ length: files }, (_, at) => makeFile(`photo-${at}.png`)))
  await becomeQuiet()
  return document.querySelectorAll('[data-slot="image-upload-item"]').length
}

/** Returns how many rows a tick of one file's progress drew, at the most. */
export function countRows(): number {
  return Math.max(...repeat(COUNTED, countTick))
}

/** Returns how many milliseconds a tick took, of the drawing and of the layout. The clock is too coarse for one of them. */
export function timeTicks(): number {
  const batches = repeat(BATCHES, () => {
    const startedAt = performance.now()
    for (let at = 0; at < BATCH_TICKS; at += 1) {
      tick()
      document.body.getBoundingClientRect()
    }
    return (performance.now() - startedAt) / BATCH_TICKS
  })
  return batches.toSorted((a, b) => a - b)[BATCHES / 2] ?? Number.NaN
}

/** All but the network is the kit's own: hook, engine, parts and stylesheet. */
function Page({ files }: { readonly files: number }): ReactNode {
  const upload = useImageUpload({
    endpoint: 'https://bench.test/images',
    kind: 'photo',
    maxFiles: files,
    transport,
    fetch: startUpload,
  })
  useLayoutEffect(() => {
    control = upload
  })
  return <ImageUploadArea upload={upload} />
}

const transport: UploadTransport = {
  upload(_, { onProgress }) {
    tellers.push(onProgress)
    return new Promise(() => {})
  },
}

function tick(): void {
  sentBytes += TICK_BYTES
  flushSync(() => tellers[0]?.(sentBytes))
}

function countTick(): number {
  const before = countCommits()
  tick()
  if (countCommits() === before) throw new Error('A tick drew nothing.')
  return countDrawn('ImageUpload.Item')
}

const repeat = (times: number, measure: () => number): number[] =>
  Array.from({ length: times }, measure)

async function becomeQuiet(): Promise<void> {
  for (let before = -1; before !== countCommits();) {
    before = countCommits()
    await new Promise((resolve) => void setTimeout(resolve, QUIET_MS))
  }
}

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** One pixel, and nothing for the rest of the file. */
function makeFile(name: string): File {
  const bytes = new Uint8Array(FILE_BYTES)
  bytes.set(Uint8Array.from(atob(PNG), (sign) => sign.charCodeAt(0)))
  return new File([bytes], name, { type: 'image/png' })
}
