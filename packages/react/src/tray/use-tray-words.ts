'use client'

import { enTray } from '../words/en-form.ts'
import { en } from '../words/en.ts'
import type { Language } from '../words/language.ts'
import type { TrayWords } from '../words/tray-words.ts'
import { useLanguage } from '../words/words-context.tsx'
import type { Words } from '../words/words.ts'

/** What a tray says: its own words, and those of the rows in it. */
export type DraftsTrayWords = Words & { readonly tray: TrayWords }

/** Yields the words a tray was given, else those of the nearest provider, else English. */
export function useTrayWords(own: Language | undefined): DraftsTrayWords {
  const shared = useLanguage()
  return own ?? shared ?? english
}

const english: DraftsTrayWords = { ...en, tray: enTray }
