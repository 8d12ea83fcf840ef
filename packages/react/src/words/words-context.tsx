'use client'

import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import { en } from './en.ts'
import type { Words } from './words.ts'

export interface WordsProviderProps {
  /** The language of all parts inside. Make it once, outside the component. */
  readonly words: Words
  readonly children?: ReactNode
}

/** Sets the language of all parts inside it, once for an app or a page. */
export function WordsProvider({ words, children }: WordsProviderProps): ReactNode {
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
}

/** Yields the words a part was given, else those of the nearest provider, else English. */
export function useWords(own: Words | undefined): Words {
  const shared = useContext(WordsContext)
  return own ?? shared
}

const WordsContext = createContext<Words>(en)
