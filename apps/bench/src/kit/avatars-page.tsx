import { Avatar as Ours } from '@lightfast/react'
import * as Radix from '@radix-ui/react-avatar'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

/** One of each for every person: a picture that loads, over the letters of a name. */
const kinds: Readonly<Record<string, (src: string) => ReactNode>> = {
  ours: (src) => (
    <Ours.Root name="Ada Lovelace" src={src}>
      <Ours.Image />
      <Ours.Fallback />
    </Ours.Root>
  ),
  radix: (src) => (
    <Radix.Root>
      <Radix.Image src={src} alt="Ada Lovelace" />
      <Radix.Fallback>AL</Radix.Fallback>
    </Radix.Root>
  ),
}

const WARM_UPS = 10
const MOUNTS = 20
/** A tenth of them is quicker: what other processes do only ever adds. */
const QUIET = 0.1

interface Times {
  /** Until all of them are in the page and laid out. */
  readonly mounted: number
  /** Until all of their pictures are. */
  readonly shown: number
}

let measured: readonly Times[] = []

/** Mounts so many avatars of a kind, again and again. Returns how often that was timed. */
export async function run(kind: string, count: number): Promise<number> {
  const figures: Times[] = []
  for (let mount = 0; mount < WARM_UPS + MOUNTS; mount += 1) {
    figures.push(await mountOnce(kind, count, mount))
  }
  measured = figures.slice(WARM_UPS)
  return measured.length
}

/** Returns how many milliseconds that took. */
export function read(upTo: keyof Times): number {
  const quiet = measured.map((times) => times[upTo]).toSorted((a, b) => a - b)
  return quiet[Math.floor(measured.length * QUIET)] ?? Number.NaN
}

async function mountOnce(kind: string, count: number, mount: number): Promise<Times> {
  const avatars = Array.from({ length: count }, (_, at) => (
    <li key={at}>{kinds[kind]?.(toPicture(`${mount}-${at}`))}</li>
  ))
  const host = document.body.appendChild(document.createElement('ul'))
  const root = createRoot(host)
  const startedAt = performance.now()
  flushSync(() => root.render(avatars))
  host.getBoundingClientRect()
  const mounted = performance.now() - startedAt
  await becomeShown(host, count)
  const shown = performance.now() - startedAt
  root.unmount()
  host.remove()
  return { mounted, shown }
}

/** A picture of its own for each, as people have: none is in the browser's memory of pictures. */
function toPicture(name: string): string {
  return `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><title>${name}</title></svg>`
}

const TOO_LONG_MS = 20_000

async function becomeShown(host: Element, count: number): Promise<void> {
  const deadline = performance.now() + TOO_LONG_MS
  const images = host.getElementsByTagName('img')
  while (images.length < count || !Array.from(images).every(({ complete }) => complete)) {
    if (performance.now() > deadline) throw new Error(`${images.length} of ${count} pictures came.`)
    await nextTask()
  }
}

/** A timer would wait for 4 ms each time. */
function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}
