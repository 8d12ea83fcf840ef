'use client'

import { useState } from 'react'
import { silence } from '../announcer.tsx'
import type { Said } from '../announcer.tsx'
import type { Words } from '../words/words.ts'
import type { KeptPhoto } from './kept-photo.ts'

/** Yields a way to remove a photo that says so aloud, and what is said. */
export function useSpokenRemoval(
  remove: (photo: KeptPhoto) => void,
  words: Words,
): readonly [said: Said, remove: (photo: KeptPhoto) => void] {
  const [said, say] = useState(silence)
  return [
    said,
    (photo) => {
      remove(photo)
      const polite = words.announcements.removed(photo.name)
      say(({ turn }) => ({ polite, assertive: '', turn: turn + 1 }))
    },
  ]
}
