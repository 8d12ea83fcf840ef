import { useEffect, useState } from 'react'
import { readStatus } from './api.ts'
import type { Status } from './api.ts'
import { steady, toNews, toRows } from './status-rows.ts'
import type { Row } from './status-rows.ts'

/** What the panel knows, and since when on the page's monotonic clock. */
export interface Heard {
  readonly at: number
  readonly rows: readonly Row[]
  /** The last answer; null before there was one. */
  readonly status: Status | null
  /** The last question had no answer. */
  readonly silent: boolean
  /** What to announce, and since when. */
  readonly news: { readonly text: string; readonly at: number }
}

/** Asks the server for its status once a second, while somebody can see the page. */
export function useStatus(): Heard {
  const [heard, setHeard] = useState(nothing)
  useEffect(
    () =>
      repeatWhileVisible(async () => {
        try {
          const status = await readStatus()
          setHeard((before) => hear(before, status, performance.now()))
        } catch {
          setHeard((before) => hearNothing(before, performance.now()))
        }
      }),
    [],
  )
  return heard
}

export const SILENT = 'The demo’s server does not answer.'

const PAUSE_MS = 1000

/** Long enough to be read out, short enough that nobody comes upon stale words later. */
const NEWS_MS = 5000

const nothing: Heard = {
  at: 0,
  rows: [],
  status: null,
  silent: false,
  news: { text: '', at: 0 },
}

function hear(before: Heard, status: Status, at: number): Heard {
  const rows = steady(before.rows, toRows(status, at))
  const news = follow(before, toNews(before.rows, rows), at)
  return { at, rows, status, silent: false, news }
}

function hearNothing(before: Heard, at: number): Heard {
  return { ...before, at, silent: true, news: follow(before, before.silent ? '' : SILENT, at) }
}

function follow({ news }: Heard, text: string, at: number): Heard['news'] {
  if (text === '' && at - news.at < NEWS_MS) return news
  return { text, at }
}

/** Never two turns at a time. One that is due when the page comes back is taken at once. */
function repeatWhileVisible(take: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let status: 'resting' | 'busy' | 'over' = 'resting'

  const turn = async (): Promise<void> => {
    if (status !== 'resting' || document.visibilityState === 'hidden') return
    clearTimeout(timer)
    status = 'busy'
    await take()
    if (isOver()) return
    status = 'resting'
    timer = setTimeout(() => void turn(), PAUSE_MS)
  }
  // A function, as the compiler does not see what happens during an await.
  const isOver = (): boolean => status === 'over'
  const onVisible = (): void => void turn()
  document.addEventListener('visibilitychange', onVisible)
  void turn()
  return () => {
    status = 'over'
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
