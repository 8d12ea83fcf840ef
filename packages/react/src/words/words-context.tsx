'use client'

import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import { en } from './en.ts'
import type { Language } from './language.ts'
import type { Words } from './words.ts'

export interface WordsProviderProps {
  /** The language of all parts inside. Make it once, outside the component. */
  readonly words: Language
  readonly children?: ReactNode
}

/** Sets the language of all parts inside it, once for an app or a page. */
export function WordsProvider({ words, children }: WordsProviderProps): ReactNode {
  return <LanguageContext.Provider value={words}>{children}</LanguageContext.Provider>
}

/** Yields the words a part was given, else those of the nearest provider, else English. */
export function useWords(own: Words | undefined): Words {
  const shared = useLanguage()
  return own ?? shared ?? en
}

/** Yields the language of the nearest provider; null without one, so that each part carries only its own English. */
export function useLanguage(): Language | null {
  return useContext(LanguageContext)
}

const LanguageContext = createContext<Language | null>(null)
