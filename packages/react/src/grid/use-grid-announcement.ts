'use client'

import { useEffect, useRef, useState } from 'react'
import { silence } from '../announcer.tsx'
import type { Said } from '../announcer.tsx'
import type { GridWords } from '../words/grid-words.ts'
import { announceGrid } from './announce-grid.ts'
import type { ImagesState } from './images-machine.ts'

/** Follows a gallery and yields what is to be said about its latest change. */
export function useGridAnnouncement(state: ImagesState, selected: number, words: GridWords): Said {
  const [said, setSaid] = useState(silence)
  const before = useRef({ state, selected })
  useEffect(() => {
    const polite = announceGrid(before.current, { state, selected }, words)
    before.current = { state, selected }
    if (polite !== '') setSaid(({ turn }) => ({ polite, assertive: '', turn: turn + 1 }))
  }, [state, selected, words])
  return said
}
