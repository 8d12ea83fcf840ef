import { en } from './en.ts'
import { english } from './english.ts'
import type { Language } from './language.ts'
import type { StateWords, Words } from './words.ts'

// A record that says something about everything is a language.
en satisfies Words

const { done: _, ...unfinished } = en.states
// @ts-expect-error -- A status without words would be a row that says nothing.
unfinished satisfies StateWords

const { pixels: __, ...unreasoned } = en.states.rejected
const speechless = { ...en.states, rejected: unreasoned }
// @ts-expect-error -- So would be a reason without words.
speechless satisfies StateWords

const { form: ___, ...formless } = english
// @ts-expect-error -- And a language that does not know what a field says.
formless satisfies Language

const { rate: ____, ...impatient } = en.states.waiting
const unexplained = { ...en.states, waiting: impatient }
// @ts-expect-error -- And a wait that nobody explains.
unexplained satisfies StateWords
