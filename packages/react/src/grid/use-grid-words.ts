'use client'

import { enGrid } from '../words/en-grid.ts'
import { enPicture } from '../words/en-picture.ts'
import type { Language } from '../words/language.ts'
import { useLanguage } from '../words/words-context.tsx'

/** What a gallery says, and its pictures. Every language has it. */
export type GallerySpeech = Pick<Language, 'grid' | 'picture'>

const english: GallerySpeech = { grid: enGrid, picture: enPicture }

/** Yields the words a gallery was given, else those of the nearest provider, else English. */
export function useGridWords(own: GallerySpeech | undefined): GallerySpeech {
  const shared = useLanguage()
  return own ?? shared ?? english
}
