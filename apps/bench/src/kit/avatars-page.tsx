import { Avatar as Ours } from '@lightfast/react'
import * as Radix from '@radix-ui/react-avatar'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

/** One of each for every person: a picture that loads, over the letters of a name. `plain` is what nobody looks after. */
const kinds: Readonly<Record<string, (src: string) => ReactNode>> = {
  ours: (src) => (
    <Ours.Root name="Ada Lovelace" src={src}>
      <Ours.Image />
      <Ours.Fallback />
    </Ours.Root>
  ),
  plain: (src) => (
    <span>
      <img src={src} alt="Ada Lovelace" />
      <span aria-hidden>AL</span>
    </span>
  ),
  radix: (src) => (
    <Radix.Root>
      <Radix.Image src={src} alt="Ada Lovelace" />
      <Radix.Fallback>AL</Radix.Fallback>
    </Radix.Root>
  ),
}

const WARM_UPS = 5
const MOUNTS = 10
/** A tenth of them is quicker: what other processes do only ever adds. */
const QUIET = 0.1

interface Times {
  /** Until all of them are in the page and laid out. */
  readonly mounted: number
  /** Until all of their pictures are. */
  readonly shown: number
}

let measured: readonly Times[] = []

/** Mounts so many avatars of a kind, again and again. Returns how often that was. */
export async function run(kind: string, count: number): Promise<number> {
  const figures: Times[] = []
  for (let mount = 0; mount < WARM_UPS + MOUNTS; mount += 1) {
    figures.push(await mountOnce(kind, count, mount))
  }
  measured = figures.slice(WARM_UPS)
  return figures.length
}

/** Returns how many milliseconds that took. */
export function read(upTo: keyof Times): number {
  const quiet = measured.map((times) => times[upTo]).toSorted((a, b) => a - b)
  return quiet[Math.floor(measured.length * QUIET)] ?? Number.NaN
}

async function mountOnce(kind: string, count: number, mount: number): Promise<Times> {
  const avatars = Array.from({ length: count }, (_, at) => (
    <li key={at}>{kinds[kind]?.(toPicture(mount * count + at))}</li>
  ))
  const host = document.body.appendChild(document.createElement('ul'))
  const root = createRoot(host)
  const whenShown = becomeShown(host, count)
  const startedAt = performance.now()
  flushSync(() => root.render(avatars))
  host.getBoundingClientRect()
  const mounted = performance.now() - startedAt
  await whenShown
  const shown = performance.now() - startedAt
  root.unmount()
  host.remove()
  return { mounted, shown }
}

/** A GIF of one pixel, up to its colour and after it. */
const [HEAD, TAIL] = ['GIF89a\x01\0\x01\0\x80\0\0', '\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;']

/** A picture of its own for each, as people have: none is in the browser's memory of pictures. */
function toPicture(colour: number): string {
  const channels = [colour >> 16, colour >> 8, colour].map((value) => value & 0xff)
  return `data:image/gif;base64,${btoa(HEAD + String.fromCharCode(...channels) + TAIL)}`
}

const TOO_LONG_MS = 20_000

/** Asking again and again would keep the browser from loading them. */
function becomeShown(host: Element, count: number): Promise<void> {
  let loaded = 0
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${loaded} of ${count} pictures came.`)),
      TOO_LONG_MS,
    )
    const note = (): void => {
      loaded += 1
      if (loaded < count) return
      clearTimeout(timer)
      resolve()
    }
    // The event of an image does not rise, but can be caught on its way down.
    host.addEventListener('load', note, { capture: true })
  })
}
