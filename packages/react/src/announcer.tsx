'use client'

import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Announcement } from './announce.ts'
import { visuallyHidden } from './visually-hidden.ts'

/** `turn` tells two announcements apart that say the same: a text that does not change is not read again. */
export interface Said extends Announcement {
  readonly turn: number
}

/** Long enough to be read out, short enough that nobody comes upon stale words later. */
const CLEAR_AFTER_MS = 5000

/** Says a text once. The two regions stay in the page, empty until then: those made with their text are not read. */
export function Announcer({ said }: { readonly said: Said }): ReactNode {
  const [over, setOver] = useState<Said | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setOver(said), CLEAR_AFTER_MS)
    return () => clearTimeout(timer)
  }, [said])

  const { polite, assertive, turn } = said === over ? silence : said
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output would be the result of a form */}
      <div role="status" aria-live="polite" style={visuallyHidden}>
        {polite && <span key={turn}>{polite}</span>}
      </div>
      <div role="alert" aria-live="assertive" style={visuallyHidden}>
        {assertive && <span key={turn}>{assertive}</span>}
      </div>
    </>
  )
}

export const silence: Said = { polite: '', assertive: '', turn: 0 }
