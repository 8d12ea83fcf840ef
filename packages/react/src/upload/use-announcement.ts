'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { announce } from '../announce.ts'
import type { Announcement } from '../announce.ts'
import { silence } from '../announcer.tsx'
import type { Said } from '../announcer.tsx'
import type { Words } from '../words/words.ts'
import type { UploadControl } from './upload-control.ts'

/** Follows the list and yields what is to be said about its latest change, and a way to say something else. */
export function useAnnouncement(
  { items, policy }: UploadControl,
  words: Words,
  clock: () => number,
): readonly [said: Said, say: (text: string) => void] {
  const [said, setSaid] = useState(silence)
  const before = useRef(items)
  useEffect(() => {
    const next = announce(before.current, items, { words, policy, now: clock(), signIn: 'absent' })
    before.current = items
    if (next.polite !== '' || next.assertive !== '') setSaid(follow(next))
  }, [items, policy, words, clock])
  const say = useCallback((text: string) => setSaid(follow({ polite: text, assertive: '' })), [])
  return [said, say]
}

const follow =
  (next: Announcement) =>
  ({ turn }: Said): Said => ({ ...next, turn: turn + 1 })
