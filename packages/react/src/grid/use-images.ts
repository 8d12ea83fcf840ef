'use client'

import { useEffect, useMemo, useState } from 'react'
import type { Image } from '@lightfast/core'
import { createServerCaller, fetchGlobal, toFailure } from '../call-server.ts'
import type { ServerCaller } from '../call-server.ts'
import { createMachine } from '../machine.ts'
import type { Machine } from '../machine.ts'
import { useLatest } from '../use-latest.ts'
import { changeImages, startImages } from './images-machine.ts'
import { isImageList } from './is-image-list.ts'
import type { ImagesEvent, ImagesState } from './images-machine.ts'
import { toListQuery } from './list-query.ts'
import type { ImageFilter } from './list-query.ts'

export interface UseImagesOptions extends ImageFilter {
  /** Where the app mounts the routes, such as `/api/images`. Same origin: cookies are sent to no other. */
  readonly endpoint: string
  /** Who is looking. Another person's list begins anew. */
  readonly userKey?: string
  readonly fetch?: (request: Request) => Promise<Response>
}

/** A list of images as a gallery shows it, and what can be done about it. A literal will do. */
export interface ImagesControl {
  readonly state: ImagesState
  /** Gets the next page, if there is one and none is on its way. */
  readonly more: () => void
  /** Does again what has failed. */
  readonly retry: () => void
  /** Gets the first page anew. What is there stays until then. */
  readonly reload: () => void
  /** Shows an image that was uploaded or changed, without asking the server. */
  readonly put: (image: Image) => void
  /** Takes an image off the list that was deleted. */
  readonly drop: (id: string) => void
}

/** Binds a list of our server to a component, page by page. Leaving, or another filter, ends what is on its way. */
export function useImages(options: UseImagesOptions): ImagesControl {
  const { endpoint, userKey = '', fetch = fetchGlobal, ...filter } = options
  const query = toListQuery(filter)
  const key = JSON.stringify([endpoint, userKey, query])
  const [held, setHeld] = useState<Held>({ key, state: startImages, send: ignore })
  const latestFetch = useLatest(fetch)

  useEffect(() => {
    const { call } = createServerCaller({
      endpoint,
      fetch: (request) => latestFetch.current(request),
    })
    const running = createImagesMachine(query, call)
    const { send, getState } = running
    const stopWatching = running.subscribe(() => setHeld({ key, state: getState(), send }))
    return () => {
      stopWatching()
      running.stop()
    }
  }, [endpoint, query, key, latestFetch])

  // Those of another filter, or another person, must not show for a frame.
  const { state, send } = held.key === key ? held : fresh
  return useMemo(() => toControl(state, send), [state, send])
}

interface Held {
  readonly key: string
  readonly state: ImagesState
  readonly send: (event: ImagesEvent) => void
}

/** Until the first page is there, or has failed, there is nothing that anyone could want of a list. */
const ignore = (): void => undefined
const fresh = { state: startImages, send: ignore }

function createImagesMachine(
  query: string,
  call: ServerCaller['call'],
): Machine<ImagesState, ImagesEvent> {
  return createMachine<ImagesState, ImagesEvent>({
    initial: startImages,
    transition: changeImages,
    work(state, send, signal) {
      if (state.status !== 'loading' && state.status !== 'loading-more') return
      const from = state.status === 'loading-more' ? `&${toCursor(state.nextCursor)}` : ''
      call({ path: `?${query}${from}`, guard: isImageList, signal }).then(
        (page) => send({ type: 'arrived', page }),
        (error: unknown) => signal.aborted || send({ type: 'failed', failure: toFailure(error) }),
      )
    },
  })
}

const toCursor = (cursor: string): string => new URLSearchParams({ cursor }).toString()

function toControl(state: ImagesState, send: (event: ImagesEvent) => void): ImagesControl {
  return {
    state,
    more: () => send({ type: 'more-wanted' }),
    retry: () => send({ type: 'retried' }),
    reload: () => send({ type: 'reloaded' }),
    put: (image) => send({ type: 'put', image }),
    drop: (id) => send({ type: 'dropped', id }),
  }
}
