'use client'

import { enForm } from '../words/en-form.ts'
import { en } from '../words/en.ts'
import type { FormWords } from '../words/form-words.ts'
import type { Language } from '../words/language.ts'
import { useLanguage } from '../words/words-context.tsx'
import type { Words } from '../words/words.ts'

/** What a field says: its own words, and those of the area inside it. */
export type FieldWords = Words & { readonly form: FormWords }

/** Yields the words a field was given, else those of the nearest provider, else English. */
export function useFieldWords(own: Language | undefined): FieldWords {
  const shared = useLanguage()
  return own ?? shared ?? english
}

const english: FieldWords = { ...en, form: enForm }
