'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { silence } from '../announcer.tsx'
import type { Said } from '../announcer.tsx'

/** Yields what is to be said: how many drafts turned up, in one sentence, and whatever else is handed in. */
export function useTrayAnnouncement(
  count: number,
  tell: (count: number) => string,
): readonly [said: Said, say: (polite: string) => void] {
  const [said, setSaid] = useState(silence)
  const before = useRef(0)
  const say = useCallback(
    (polite: string) => setSaid(({ turn }) => ({ polite, assertive: '', turn: turn + 1 })),
    [],
  )
  useEffect(() => {
    if (count > before.current) say(`${tell(count)}.`)
    before.current = count
  }, [count, tell, say])
  return [said, say]
}
